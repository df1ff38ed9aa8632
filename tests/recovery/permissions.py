"""Who gets which status at the addresses of recovery."""

import re
from datetime import timedelta

from django.utils import timezone

from firm.models import OutboxMail
from recovery import actions
from recovery.models import Absence, Case, CaseStep, FailedRecovery, Gesture, PlaybookStep, Shift
from tests.access import Access
from tests.conftest import NOW
from tests.recovery.following import TOKEN, asked_about


def running(request):
    """A case of the cast's customer; the service agent has it."""
    agent = request.getfixturevalue("service_agent")
    return actions.open_case(
        customer=request.getfixturevalue("customer"),
        what_happened="Wrong glaze delivered.",
        severity="low",
        root_cause="delivery",
        agent=agent,
        acting_user=agent,
        at=NOW,
    )


def of_running(request):
    return {"pk": running(request).pk}


def fix_of_running(request):
    return {"pk": running(request).pk, "kind": "fix"}


def of_closed(request):
    case, agent = running(request), request.getfixturevalue("service_agent")
    actions.close_case(case, reason="They moved away.", is_manager=True, acting_user=agent, at=NOW)
    return {"pk": case.pk}


def of_failed(request):
    case = Case.objects.get(**of_closed(request))
    return {"pk": FailedRecovery.objects.create(case=case, why="unlikely", found_at=NOW).pk}


def question(request):
    asked_about(Case.objects.get(**of_closed(request)), timezone.now())
    return {"token": TOKEN}


def a_step(request):
    step = PlaybookStep.objects.create(root_cause="delivery", position=1, text="Stop the lorry.")
    return {"pk": step.pk}


def a_line(request):
    case = running(request)
    return {"pk": case.pk, "step": CaseStep.objects.create(case=case, position=1, text="Stop the lorry.").pk}


def a_ticked_line(request):
    args = a_line(request)
    CaseStep.objects.update(done_at=NOW, done_by=request.getfixturevalue("service_agent"))
    return args


STAFF = ("owner", "colleague", "outsider", "manager", "service_agent")
BOARDS = dict.fromkeys(("service_agent", "manager", "executive"), 200)
TICKS = {"service_agent": 302, "owner": 302, "colleague": 403, "manager": 403}
STEERS = {"service_agent": 302, "owner": 302, "colleague": 403, "manager": 302}
SEES = dict.fromkeys(("service_agent", "owner", "colleague", "manager"), 200)


def ticks(**data):
    return Access(404, TICKS, args=of_running, method="post", data=data)


def of_alert(request):
    case = running(request)
    later = NOW + timedelta(hours=2)
    actions.flag_due(later)
    actions.raise_alerts(later)
    actions.climb_alerts(later)
    return {"pk": case.alerts.get().pk}


def of_shift(request):
    agent, manager = request.getfixturevalue("service_agent"), request.getfixturevalue("manager")
    span = {"starts_at": NOW, "ends_at": NOW + timedelta(hours=8)}
    return {"pk": Shift.objects.create(level="agent", user=agent, made_by=manager, **span).pk}


def of_absence(request):
    span = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(days=8)}
    return {"pk": Absence.objects.create(user=request.getfixturevalue("owner"), **span).pk}


HEARERS = (*STAFF, "executive", "administrator")
SETS_DUTY = ("manager", "executive", "administrator")


def of_gesture(request):
    return {"pk": Gesture.objects.create(name="Flask and mittens", cost=60).pk}


def of_budget(request):
    """A question of the service agent, asked of the manager."""
    case, agent = running(request), request.getfixturevalue("service_agent")
    return actions.ask_budget(case, surprise="A flask.", cost=120, acting_user=agent, at=NOW)


def by_budget(request):
    return {"pk": of_budget(request).pk}


def by_link(request):
    of_budget(request)
    text = OutboxMail.objects.get(text__contains="/oops/budget/link/").text
    return {"token": re.search(r"/budget/link/([^/]+)/", text)[1]}


def of_letter(request):
    case, agent = running(request), request.getfixturevalue("service_agent")
    given = {"apology": "We are sorry.", "contact": None, "how": "printed", "acting_user": agent, "at": NOW}
    return {"pk": case.pk, "letter": actions.apologise_case(case, **given).pk}


def of_apologised(request):
    return {"pk": of_letter(request)["pk"]}


def of_asked(request):
    return {"pk": of_budget(request).case_id}


def of_template(_request):
    return {"cause": "delivery", "language": "en"}


KEEPS = {"service_agent": 200, "manager": 200}
KEPT = {"service_agent": 302, "manager": 302}
ANSWERS = {"manager": 302, "executive": 302, "service_agent": 403, "owner": 403, "colleague": 403}
WRITES = {**TICKS, "service_agent": 200, "owner": 200}
LETTER = {"apology": "We are sorry.", "how": "printed"}
WORDS = {"subject": "Sorry", "text": "Dear {name}, {wrong}", "seen": 0}

SURPRISES = {
    "gestures": Access(403, KEEPS),
    "add_gesture": Access(403, KEEPS),
    "change_gesture": Access(403, KEEPS, args=of_gesture),
    "retire_gesture": Access(403, KEPT, args=of_gesture, method="post"),
    "restore_gesture": Access(403, KEPT, args=of_gesture, method="post"),
    "goodwill": Access(403, {"manager": 200, "executive": 200}),
    "suggest_surprise": ticks(suggestion="1-1"),
    "ask_budget": ticks(surprise="A flask.", cost="120"),
    "withdraw_budget": Access(404, TICKS, args=of_asked, method="post"),
    "budget_requests": Access(200),
    "budget_request": Access(404, {**SEES, "executive": 200}, args=by_budget),
    "grant_budget": Access(404, ANSWERS, args=by_budget, method="post"),
    "refuse_budget": Access(404, ANSWERS, args=by_budget, method="post"),
    # The link is the permission of whoever was asked; another's signed-in browser is refused.
    "budget_link": Access(403, {"manager": 200}, args=by_link, anonymous=200),
    "grant_by_link": Access(403, {"manager": 200}, args=by_link, method="post", anonymous=200),
    "refuse_by_link": Access(403, {"manager": 200}, args=by_link, method="post", anonymous=200),
    "preview_apology": Access(404, WRITES, args=of_running, method="post", data=LETTER),
    "draft_apology": ticks(apology="We are sorry."),
    "write_again": Access(404, WRITES, args=of_apologised),
    "letter_pdf": Access(404, SEES, args=of_letter),
    "apology_templates": Access(403, KEEPS),
    "change_template": Access(403, KEEPS, args=of_template),
    "preview_template": Access(403, KEEPS, args=of_template, method="post", data=WORDS),
}

PERMISSIONS: dict[str, Access] = {
    "alerts": Access(200),
    "alert": Access(404, SEES, args=of_alert),
    "take_alert": Access(404, STEERS, args=of_alert, method="post"),
    "clocks": Access(200),
    "case_pulse": Access(404, SEES, args=of_running),
    "push": Access(200),
    "push_worker": Access(200, anonymous=200),
    "subscribe_push": Access(422, method="post", data={"endpoint": "https://evil.example/"}),
    "unsubscribe_push": Access(404, args=lambda request: {"pk": 1}, method="post"),
    "ladder": Access(403, dict.fromkeys(HEARERS, 200)),
    "rota": Access(403, dict.fromkeys(HEARERS, 200)),
    "add_shift": Access(403, dict.fromkeys(SETS_DUTY, 422), method="post", data={"level": "agent"}),
    "remove_shift": Access(403, dict.fromkeys(SETS_DUTY, 302), args=of_shift, method="post"),
    "absences": Access(200),
    "remove_absence": Access(
        404, dict.fromkeys(("owner", "manager", "administrator"), 302), args=of_absence, method="post"
    ),
    "cases": Access(403, dict.fromkeys(STAFF, 200)),
    "open_case": Access(403, dict.fromkeys(STAFF, 200)),
    "api_cases-list": Access(401, anonymous=401),
    "api_cases-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_cases-acknowledge": Access(401, args=lambda request: {"pk": 1}, method="post", anonymous=401),
    "api_cases-note": Access(401, args=lambda request: {"pk": 1}, method="post", anonymous=401),
    "playbooks": Access(403, dict.fromkeys(STAFF, 200)),
    "add_step": Access(403, {"manager": 200}, args=lambda request: {"cause": "delivery"}),
    "change_step": Access(403, {"manager": 200}, args=a_step),
    "move_step": Access(403, {"manager": 302}, args=a_step, method="post"),
    "retire_step": Access(403, {"manager": 302}, args=a_step, method="post"),
    "restore_step": Access(403, {"manager": 302}, args=a_step, method="post"),
    "tick_step": Access(404, TICKS, args=a_line, method="post"),
    "untick_step": Access(404, TICKS, args=a_ticked_line, method="post"),
    "note_case": Access(404, STEERS, args=of_running, method="post", data={"note": "Rang her."}),
    "take_over_case": Access(404, {**TICKS, "owner": 403}, args=of_running, method="post"),
    "case": Access(404, SEES, args=of_running),
    "apology": Access(404, SEES, args=of_running),
    "keep_drafts": ticks(),
    "acknowledge_case": ticks(),
    "fix_case": ticks(note="The right glaze is there."),
    "surprise_case": ticks(surprise="Warm mittens."),
    "apologise_case": ticks(apology="We are sorry.", how="printed"),
    "change_due": Access(
        404, {**STEERS, **dict.fromkeys(("service_agent", "owner", "manager"), 200)}, args=fix_of_running
    ),
    "untick_milestone": Access(404, TICKS, args=fix_of_running, method="post"),
    "close_case": Access(404, STEERS, args=of_running, method="post", data={"reason": "They moved away."}),
    "hand_over_case": Access(
        404,
        # Nobody else is in service here: the form comes back, refused.
        {**STEERS, "service_agent": 422, "owner": 422, "manager": 422},
        args=of_running,
        method="post",
        data={"to": "", "note": "All is told."},
    ),
    "reopen_case": Access(404, STEERS, args=of_closed, method="post", data={"reason": "It broke again."}),
    "check_back": Access(404, TICKS, args=of_closed, method="post", data={"note": "Happy."}),
    "say_renewed": Access(404, STEERS, args=of_closed, method="post", data={"renewed": "yes"}),
    "recovery_board": Access(403, BOARDS),
    "recovery_board_csv": Access(403, BOARDS),
    "failed_recoveries": Access(403, dict.fromkeys(STAFF, 200)),
    "plan_next_step": Access(404, STEERS, args=of_failed, method="post", data={"next_step": "Anna calls on Friday."}),
    "handle_failure": Access(404, STEERS, args=of_failed, method="post", data={"note": "They stay."}),
    **SURPRISES,
    # The link is the permission; a signed-in browser is refused.
    "follow_up": Access(403, args=question, anonymous=200),
    "followed_up": Access(403, args=question, anonymous=302),
    "stop_follow_ups": Access(403, args=question, anonymous=200),
    "restart_follow_ups": Access(403, args=question, method="post", anonymous=200),
}
