"""What waits for a person, one part a role. Every part takes a fixed number of queries."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import Role, RoleChange, User
from compensation.models import BonusPlan, Run
from customers.models import Customer
from customers.queries import coming_occasions, promises_due
from desk.models import Merge
from desk.queries.beginning import first_steps
from desk.queries.direction import kept, shift
from desk.queries.learning import to_ask_about
from desk.queries.manuals import coverage, grants_open, learned_lately, readers_lately, worth_a_conversation
from desk.queries.pay import adjustments_to_decide, disputes_open, newest_runs
from desk.queries.ratings import last_month, newest_comment, who_needs_a_hand
from desk.rules import Waiting
from firm.models import Heartbeat, Job, OutboxMail
from recovery.models import Case
from recovery.queries import Asking, asking, waiting_for
from recovery.rules import lateness
from report_cards.models import Invitation, ReportCard
from report_cards.queries import Todo, plans_waiting
from secrets_manual.queries import blank_manuals, erasures_to_agree, outcomes_due, requests_open, review_queue

SOON = timedelta(days=7)
PLANS_SHOWN = 6
RUNS_SHOWN = 6
OUTCOMES_SHOWN = 3
SURPRISES_SHOWN = 6
REQUESTS_SHOWN = 6
MERGES_SHOWN = 6


@dataclass(frozen=True)
class Part:
    """The part of the home page that belongs to one role."""

    template: str
    content: dict[str, Any]
    waiting: list[Waiting] = field(default_factory=list)


def parts_of(user: User, at: datetime) -> list[Part]:
    """The parts of a person's roles, the first role's on top."""
    return [PARTS[Role(role)](user, at) for role in sorted(user.roles, key=[*map(str, PARTS)].index)]


def salesperson(user: User, at: datetime) -> Part:
    """What was just learned, promises, conversations and ratings; the bonus is loaded after."""
    today = timezone.localdate(at)
    promises = list(promises_due(user, today + SOON)[:8])
    month = last_month(Q(salesperson=user))
    due = sum(promise.due_on <= today for promise in promises)
    content = {
        "promises": promises,
        "asked": to_ask_about(user, at),
        "coming": coming_occasions(user, today),
        "worth": worth_a_conversation(user, at),
        "month": month,
        "comment": newest_comment(user, month.month) if month and month.share is not None else "",
        "today": today,
        "outcomes": outcomes_due(user, at, OUTCOMES_SHOWN),
        "review": review_queue(user, at),
        "plans": (plans := plans_waiting(user, at, own=True)),
    }
    blank = blank_manuals(user)
    return Part(
        "desk/roles/salesperson.html",
        content,
        [
            Waiting(due, "promise is due", "promises are due"),
            Waiting(_late(plans), "plan of yours is overdue", "plans of yours are overdue"),
            Waiting(blank, "manual is still blank", "manuals are still blank"),
        ],
    )


def _late(plans: list[Todo]) -> int:
    """How many plans have something overdue."""
    return len({todo.url for todo in plans if todo.is_late})


def manager(user: User, at: datetime) -> Part:
    """The team's month, what is held for the manager, and the plans and meetings due."""
    plans = plans_waiting(user, at, own=False)
    held = Invitation.objects.filter(state=Invitation.State.HELD, salesperson__team__in=user.led_team_ids)
    rows = list(held.select_related("customer", "salesperson", "round").order_by("id")[:6])
    month = last_month(Q(salesperson__team__in=user.led_team_ids))
    return Part(
        "desk/roles/manager.html",
        {
            "month": month,
            "no_card": month is None and not ReportCard.objects.visible_to(user).exists(),
            "held": rows,
            "merges": (merges := _merges(user)),
            "surprises": (surprises := _surprises(user, at)),
            "at": at,
            "plans": plans[:PLANS_SHOWN],
            "plans_more": max(0, len(plans) - PLANS_SHOWN),
            "needy": who_needs_a_hand(user),
            "coverage": coverage(Q(owner__team__in=user.led_team_ids)),
        },
        [
            _to_allow(surprises),
            Waiting(len(rows), "address is held for you", "addresses are held for you"),
            _to_merge(merges),
            Waiting(_late(plans), "plan of your people needs a hand", "plans of your people need a hand"),
        ],
    )


def _merges(user: User) -> list[Merge]:
    """The merges that wait for the person's word, newest first."""
    return list(Merge.objects.to_decide_by(user).select_related("kept", "gone", "asked_by")[:MERGES_SHOWN])


def _to_merge(merges: list[Merge]) -> Waiting:
    return Waiting(len(merges), "merge waits for your word", "merges wait for your word")


def _surprises(user: User, at: datetime) -> list[Asking]:
    """The surprises the person is asked to allow, most urgent first."""
    return [asking(asked, user, at) for asked in waiting_for(user)[:SURPRISES_SHOWN]]


def _to_allow(surprises: list[Asking]) -> Waiting:
    return Waiting(len(surprises), "surprise waits for your yes", "surprises wait for your yes")


def service(user: User, at: datetime) -> Part:
    """The running clocks, most urgent first."""
    cases: list[Any] = list(Case.objects.visible_to(user).open().by_urgency().select_related("customer", "agent")[:12])
    late = sum(bool(case.next_due_at and case.next_due_at < at) for case in cases)
    mine = sum(case.agent_id == user.pk for case in cases)
    return Part(
        "desk/roles/service.html",
        {"cases": [(case, case.next_due_at and lateness(case.next_due_at, at)) for case in cases], "at": at},
        [
            Waiting(late, "clock has run out", "clocks have run out"),
            Waiting(mine, "running case is yours", "running cases are yours"),
        ],
    )


def marketing(user: User, at: datetime) -> Part:
    """Where shared wants can be found, and what came of the secrets put to use."""
    outcomes = outcomes_due(user, at, OUTCOMES_SHOWN)
    return Part(
        "desk/roles/marketing.html",
        {"categories": learned_lately(user, at), "outcomes": outcomes},
        [Waiting(len(outcomes), "package or offer waits for its outcome", "packages or offers wait for their outcome")],
    )


def executive(user: User, at: datetime) -> Part:
    """What waits for a signature, the month, how many manuals are filled, who came back, and the way of the bonus."""
    today = timezone.localdate(at)
    cards = list(ReportCard.objects.to_sign_by(user).select_related("made_by")[:6])
    plans = list(_draft_plans(user))
    runs = list(Run.objects.to_approve_by(user).select_related("plan", "year", "run_by")[:RUNS_SHOWN])
    return Part(
        "desk/roles/executive.html",
        {
            "cards": cards,
            "plans": plans,
            "runs": runs,
            "adjustments": adjustments_to_decide(user),
            "surprises": (surprises := _surprises(user, at)),
            "erasures": (erasures := list(erasures_to_agree(user)[:REQUESTS_SHOWN])),
            "at": at,
            "month": last_month(Q()),
            "coverage": coverage(Q()),
            "kept": kept(today),
            "shift": shift(today),
        },
        [
            Waiting(len(cards) + len(plans) + len(runs), "signature waits for you", "signatures wait for you"),
            _to_allow(surprises),
            Waiting(len(erasures), "erasure waits for a second person", "erasures wait for a second person"),
        ],
    )


def _draft_plans(user: User) -> Any:
    drafts = BonusPlan.objects.to_approve_by(user)
    return drafts.select_related("made_by")[:6]


def compensation(user: User, at: datetime) -> Part:
    """How the runs stand, what is in dispute, and the plans under way and approved."""
    visible = BonusPlan.objects.visible_to(user).select_related("made_by", "approved_by")
    plans = list(visible.annotate(people=Count("members"))[:8])
    mine = set(Run.objects.to_approve_by(user).values_list("pk", flat=True))
    disputes, adjustments = disputes_open(user, timezone.localdate(at)), adjustments_to_decide(user)
    content = {"runs": newest_runs(), "mine": mine, "disputes": disputes, "adjustments": adjustments}
    return Part(
        "desk/roles/compensation.html",
        {"plans": plans, **content},
        [
            Waiting(len(mine), "run waits for your approval", "runs wait for your approval"),
            Waiting(disputes["open"], "dispute is open", "disputes are open"),
            Waiting(sum(not plan.is_approved for plan in plans), "plan is a draft", "plans are drafts"),
        ],
    )


def privacy_officer(user: User, at: datetime) -> Part:
    """Who asked what we hold, and who looked at what lately."""
    today = timezone.localdate(at)
    requests = list(requests_open(user)[:REQUESTS_SHOWN])
    late = sum(one.due_on < today for one in requests)
    mine = sum(one.due_on >= today and one.asked_by_id != user.pk for one in requests)
    return Part(
        "desk/roles/privacy_officer.html",
        {"requests": requests, "today": today, "readers": readers_lately(at), "grants": grants_open(at)},
        [
            Waiting(late, "privacy request is late", "privacy requests are late"),
            Waiting(mine, "privacy request waits for you", "privacy requests wait for you"),
        ],
    )


def administrator(user: User, at: datetime) -> Part:
    """A new firm's first steps, role changes that wait, customers without an owner, and the pulse of the machinery."""
    waiting = RoleChange.objects.filter(state=RoleChange.State.WAITING).select_related("user", "asked_by")
    changes = list(waiting[:8])
    mine = sum(user.pk not in (change.asked_by_id, change.user_id) for change in changes)
    mails = OutboxMail.objects.aggregate(
        failed=Count("id", filter=Q(state=OutboxMail.State.FAILED)),
        doubtful=Count("id", filter=Q(state=OutboxMail.State.DOUBTFUL)),
        waiting=Count("id", filter=Q(state=OutboxMail.State.WAITING)),
        why=Max("error", filter=Q(state=OutboxMail.State.WAITING)),
    )
    content = {
        "changes": changes,
        "merges": (merges := _merges(user)),
        "mails": mails,
        "pulses": list(Heartbeat.objects.order_by("name")),
        "jobs": list(Job.objects.order_by("-id")[:4]),
        "ownerless": Customer.objects.present().filter(owner=None).count(),
        "steps": (steps := first_steps()),
    }
    return Part(
        "desk/roles/administrator.html",
        content,
        [
            Waiting(mine, "role change waits for you", "role changes wait for you"),
            _to_merge(merges),
            Waiting(mails["failed"], "mail has failed", "mails have failed"),
            Waiting(sum(not step.is_done for step in steps), "first step is left", "first steps are left"),
        ],
    )


PARTS: dict[Role, Callable[[User, datetime], Part]] = {
    Role.SERVICE: service,
    Role.SALESPERSON: salesperson,
    Role.MANAGER: manager,
    Role.EXECUTIVE: executive,
    Role.COMPENSATION: compensation,
    Role.MARKETING: marketing,
    Role.PRIVACY_OFFICER: privacy_officer,
    Role.ADMINISTRATOR: administrator,
}
