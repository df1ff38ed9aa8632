"""Pages of this app for tests/test_pages.py."""

from datetime import timedelta

from recovery import actions
from recovery.models import Case, Gesture, PlaybookStep
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.conftest import NOW
from tests.recovery.following import TOKEN
from tests.recovery.permissions import (
    by_link,
    of_absence,
    of_alert,
    of_budget,
    of_closed,
    of_failed,
    of_gesture,
    of_letter,
    of_shift,
    question,
    running,
)

SECRETS = [
    ("recreation_preference", "Swims in the sea every morning, all winter.", "relationship"),
    ("hope", "Her daughter’s first own collection opens in March.", "shared"),
    ("family_priority", "Her mother has moved in.", "confidential"),
]


def log_secrets(request):
    customer, owner = request.getfixturevalue("customer"), request.getfixturevalue("owner")
    for key, text, sensitivity in SECRETS:
        category, _ = Category.objects.get_or_create(key=key, defaults={"name": key, "kind": "person"})
        given = {"category": category, "text": text, "sensitivity": sensitivity, "audiences": ["sales", "service"]}
        log_secret(customer, **given, acting_user=owner, at=NOW)


def a_case(request):
    log_secrets(request)
    return running(request).get_absolute_url()


def a_closed_case(request):
    return f"/oops/{of_closed(request)['pk']}/"


def a_letter(request):
    return f"{a_case(request)}apology/"


def another_time(request):
    return f"/oops/{running(request).pk}/fix/due/"


def opening(request):
    return f"/oops/open/?customer={request.getfixturevalue('customer').pk}"


def with_a_playbook(request):
    """A case with a checklist, just handed to the service agent with a note."""
    for position, text in enumerate(["Stop the lorry.", "Ring the depot."], start=1):
        step = {"root_cause": "delivery", "position": position, "text": text, "is_required": position == 1}
        PlaybookStep.objects.create(**step)
    case, agent = running(request), request.getfixturevalue("service_agent")
    actions.hand_over_case(case, to=agent, note="She prefers the telephone.", acting_user=agent, at=NOW)
    return case.get_absolute_url()


def all_playbooks(request):
    with_a_playbook(request)
    return "/oops/playbooks/"


def a_step_to_change(request):
    with_a_playbook(request)
    return f"/oops/playbooks/{PlaybookStep.objects.first().pk}/change/"


def promise_run_out(request):
    case = running(request)
    Case.objects.filter(pk=case.pk).update(reported_at=NOW - timedelta(days=400))
    return f"/oops/{case.pk}/fix/due/"


def the_list(request):
    running(request)
    return "/oops/"


def a_question(request):
    question(request)
    return f"/f/{TOKEN}/?likely=7"


def a_question_in_french(request):
    return f"{a_question(request)}&language=fr"


def no_more_questions(request):
    question(request)
    return f"/f/{TOKEN}/unsubscribe/"


def a_board(request):
    of_failed(request)
    return "/oops/board/?period=all"


def failures(request):
    of_failed(request)
    return "/oops/failed/"


def an_alert(request):
    return f"/oops/alerts/{of_alert(request)['pk']}/"


def the_alerts(request):
    of_alert(request)
    return "/oops/alerts/"


def the_rota(request):
    of_shift(request)
    return f"/oops/rota/?week={NOW:%Y-%m-%d}"


def who_is_away(request):
    of_absence(request)
    return "/oops/absences/"


def a_case_with_gestures(request):
    """With a question waiting, and gestures to choose from."""
    Gesture.objects.create(name="Flowers by hand", words="Flowers from the market.", lead_hours=3)
    log_secrets(request)
    return of_budget(request).case.get_absolute_url()


def gestures(request):
    of_gesture(request)
    return "/oops/gestures/"


def a_gesture(request):
    return f"/oops/gestures/{of_gesture(request)['pk']}/"


def a_budget(request):
    return f"/oops/budget/{of_budget(request).pk}/"


def the_budgets(request):
    """One question waits, one is answered."""
    case, agent = running(request), request.getfixturevalue("service_agent")
    asked = actions.ask_budget(case, surprise="Flowers.", cost=90, acting_user=agent, at=NOW)
    manager = request.getfixturevalue("manager")
    actions.answer_budget(asked, is_granted=False, answer="A card will do.", acting_user=manager, at=NOW)
    actions.ask_budget(case, surprise="A flask.", cost=120, acting_user=agent, at=NOW)
    return "/oops/budget/"


def a_manager_is_asked(request):
    of_budget(request)
    return "/"


def a_sent_letter(request):
    return f"/oops/{of_letter(request)['pk']}/apology/"


def another_letter(request):
    return f"/oops/{of_letter(request)['pk']}/apology/again/"


def a_budget_link(request):
    return f"/oops/budget/link/{by_link(request)['token']}/"


AXE_PAGES = [
    ("service_agent", a_case_with_gestures),
    ("service_agent", gestures),
    ("service_agent", "/oops/gestures/add/"),
    ("service_agent", a_gesture),
    ("executive", "/oops/goodwill/"),
    ("manager", a_budget),
    ("manager", the_budgets),
    ("manager", a_manager_is_asked),
    ("manager", a_budget_link),
    ("manager", "/oops/budget/link/nobody-knows/"),
    ("service_agent", a_sent_letter),
    ("service_agent", another_letter),
    ("service_agent", "/oops/letters/"),
    ("service_agent", "/oops/letters/delivery/en/"),
    ("service_agent", the_alerts),
    ("service_agent", an_alert),
    ("manager", the_rota),
    ("service_agent", "/oops/push/"),
    ("manager", "/oops/ladder/"),
    ("administrator", who_is_away),
    ("service_agent", the_list),
    ("service_agent", "/oops/?show=closed"),
    ("service_agent", "/oops/open/"),
    ("service_agent", opening),
    ("service_agent", a_case),
    ("owner", a_case),
    ("colleague", a_case),
    ("service_agent", a_closed_case),
    ("service_agent", a_letter),
    ("service_agent", another_time),
    ("service_agent", promise_run_out),
    ("service_agent", with_a_playbook),
    ("service_agent", all_playbooks),
    ("manager", all_playbooks),
    ("manager", a_step_to_change),
    ("manager", "/oops/playbooks/delivery/add/"),
    ("service_agent", a_board),
    ("executive", "/oops/board/"),
    ("service_agent", failures),
    ("owner", "/oops/failed/?show=handled"),
    ("", a_question),
    ("", a_question_in_french),
    ("", no_more_questions),
]
