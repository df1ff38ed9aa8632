"""How the demo firm makes good: its gestures and budgets, checklists, ladder and rota; and what came of closed cases."""

import random
from datetime import datetime, timedelta
from decimal import Decimal

from accounts.models import Role
from customers.models import Customer
from desk.demo.people import Cast
from desk.demo.secrets import OUTCOMES
from firm.models import Firm
from recovery import rules
from recovery.models import (
    Absence,
    Case,
    CaseEvent,
    FailedRecovery,
    FollowUp,
    Gesture,
    Goodwill,
    LadderStep,
    Level,
    Milestone,
    PlaybookStep,
    Shift,
)
from report_cards.queries import last_likely
from secrets_manual.models import SEALED, Secret, SecretUse
from secrets_manual.rules import REST_DAYS

# Name, how a letter tells it, cost, hours until it is there, root causes, categories it suits.
GESTURES: tuple[tuple[str, str, int, int, tuple[str, ...], tuple[str, ...]], ...] = (
    ("A flask and sheepskin mittens", "something warm for the harbour mornings", 38, 6, ("delivery",),
     ("habit", "lifestyle_choice", "recreation_preference")),
    ("Two tickets for the small theatre", "two seats in the front row", 84, 12, ("behaviour", "promise"),
     ("entertainment_choice", "family_priority")),
    ("A pear tree, planted by our gardener", "a pear tree for the south wall", 120, 48, ("quality",), ("dream", "hope")),
    ("A first print of the old harbour map", "the old harbour, as it was printed first", 65, 24, ("information", "billing"),
     ("ego_drive", "dream")),
    ("An hour of our own fitter", "an hour of our fitter, whenever it suits you", 0, 3, ("quality", "promise"),
     ("inventory_problem", "product_quality_issue")),
    ("A book about it, with a note by hand", "a book we thought of you for", 28, 20, (), ("competency", "bias", "habit")),
    ("A basket from the Saturday market", "a basket from the market you missed", 45, 4, ("delivery",),
     ("family_priority", "friendship_affinity")),
    ("A seat at our table at the guild dinner", "a seat beside people you asked about", 150, 72, ("behaviour",),
     ("friendship_affinity", "market_challenge", "ego_drive")),
)  # fmt: skip
# What a role may spend alone, by severity: low, medium, high, critical.
BUDGETS = {Role.SERVICE: (25, 50, 90, 150), Role.SALESPERSON: (20, 40, 60, 100), Role.MANAGER: (100, 200, 400, 800)}
# Each line of a checklist, and whether closing waits for it.
CHECKLISTS: dict[str, tuple[tuple[str, bool], ...]] = {
    "delivery": (
        ("Ring them: what do they need by tomorrow morning?", True),
        ("Book the van or a courier, and tell them the hour", True),
        ("Take the wrong goods back at no cost", False),
    ),
    "quality": (
        ("Ask for a picture of the damage", False),
        ("Send the replacement the same day", True),
        ("Tell the warehouse which batch it was", True),
    ),
    "billing": (
        ("Stop the reminder before it leaves", True),
        ("Send the corrected invoice with a line in plain words", True),
    ),
    "promise": (
        ("Say who promised what, and since when we knew", True),
        ("Give a new day only when it is certain", False),
    ),
    "behaviour": (("Hear both sides before the evening", True), ("Ask whether they want somebody else to come", False)),
    "information": (("Write the right answer down and send it", True),),
}
SHIFT_HOURS = 8


def make_ways(cast: Cast, *, firm: Firm, at: datetime) -> None:
    """Everything a case draws on: gestures, budgets, checklists, the ladder, a week of shifts, somebody away."""
    lead, manager = cast.others["Rita Kane"], cast.managers[0]
    Gesture.objects.bulk_create(
        Gesture(name=name, words=told, cost=Decimal(cost), lead_hours=hours, root_causes=sorted(causes),
                categories=sorted(kinds), made_by=lead, made_at=at - timedelta(days=380))
        for name, told, cost, hours, causes, kinds in GESTURES
    )  # fmt: skip
    Goodwill.objects.bulk_create(
        Goodwill(role=role, severity=severity, amount=Decimal(amount), changed_by=cast.others["Eva Lindqvist"], changed_at=at)
        for role, amounts in BUDGETS.items()
        for severity, amount in zip(Case.Severity.values, amounts, strict=True)
    )  # fmt: skip
    PlaybookStep.objects.bulk_create(
        PlaybookStep(root_cause=cause, position=position, text=text, is_required=required, changed_by=lead)
        for cause, lines in CHECKLISTS.items()
        for position, (text, required) in enumerate(lines, 1)
    )
    LadderStep.objects.bulk_create(
        LadderStep(level=level, wait_minutes=minutes) for level, minutes in rules.WAIT_MINUTES.items()
    )
    _put_on_duty(cast, firm, at)
    away = at + timedelta(days=2)
    Absence.objects.create(user=manager, stand_in=cast.managers[1], starts_at=away, ends_at=away + timedelta(days=5))


def _put_on_duty(cast: Cast, firm: Firm, at: datetime) -> None:
    """Three service people share two weeks by day; nights have nobody, so that the gap shows."""
    first = firm.today(at) - timedelta(days=firm.today(at).weekday())
    agents, leads = cast.service, [cast.others["Rita Kane"], cast.others["Sam Adeyemi"]]
    shifts = []
    for day in range(14):
        opens = datetime(first.year, first.month, first.day, 7, tzinfo=firm.tzinfo) + timedelta(days=day)
        for half in range(2):
            starts_at = opens + timedelta(hours=SHIFT_HOURS * half)
            agent, lead = agents[(day + half) % len(agents)], leads[(day + half) % len(leads)]
            for level, user in ((Level.AGENT, agent), (Level.TEAM_LEAD, lead)):
                shifts.append(
                    Shift(level=level, user=user, starts_at=starts_at, ends_at=starts_at + timedelta(hours=SHIFT_HOURS),
                          made_by=cast.managers[0])
                )  # fmt: skip
    Shift.objects.bulk_create(shifts)


def note_gesture(rng: random.Random, case: Case, gestures: list[Gesture], at: datetime) -> None:
    """What was done for them and what it cost, of the gestures for such a failure; and mostly what we knew that told us."""
    chosen = rng.choice([one for one in gestures if case.root_cause in one.root_causes] or gestures)
    case.gesture, case.surprise, case.surprise_cost = chosen, f"{chosen.name}.", chosen.cost
    known = Secret.objects.filter(customer=case.customer_id, audiences__contains=["service"]).exclude(
        sensitivity__in=SEALED
    )
    known = known.filter(removed_at=None, never_aloud=False, discovered_at__lt=case.reported_at)
    fitting = known.filter(category__key__in=chosen.categories).order_by("-discovered_at").first()
    if fitting and rng.random() < 0.8:
        case.surprise_secret_id = fitting.pk
        _use(rng, case, fitting, at)
    case.save(update_fields=["gesture", "surprise", "surprise_cost", "surprise_secret_id"])


def _use(rng: random.Random, case: Case, secret: Secret, at: datetime) -> None:
    """The secret was used for the surprise, rests, and after ten days it is known what came of it."""
    used_at = case.milestones.get(kind=Milestone.Kind.SURPRISE).done_at
    assert used_at is not None
    result, outcome = rng.choice(OUTCOMES)
    told_at = used_at + timedelta(days=10)
    if told_at > at:
        result, outcome = SecretUse.Result.UNKNOWN, ""
    SecretUse.objects.create(
        secret=secret, discoverer_id=secret.discovered_by_id, kind=SecretUse.Kind.SURPRISE, by=case.agent, at=used_at,
        reference=case.grant_reference, note=f"a surprise: {case.surprise.rstrip('.')}", result=result, outcome=outcome,
        outcome_at=told_at if result != SecretUse.Result.UNKNOWN else None,
    )  # fmt: skip
    rests = max(filter(None, (secret.resting_until, used_at + timedelta(days=REST_DAYS))))
    if rests > at:
        Secret.objects.filter(pk=secret.pk).update(resting_until=rests)


def ask_after(
    rng: random.Random, case: Case, closed_at: datetime, address: str, wording: dict[str, str], at: datetime
) -> None:
    """The questions after 7 and 90 days: most answer, the better the sooner it was put right."""
    before = last_likely(Customer(pk=case.customer_id), at=case.reported_at)
    case.likely_before, case.likely_before_at = (before.score, before.at) if before else (None, None)
    case.save(update_fields=["likely_before", "likely_before_at"])
    in_time = closed_at - case.reported_at <= timedelta(hours=24)
    for kind, due_at in rules.check_backs(closed_at).items():
        asked = FollowUp(
            case=case, closed_at=closed_at, kind=kind, due_at=due_at, closes_at=due_at + rules.ANSWERED_FOR
        )
        if due_at < at - timedelta(hours=6):
            _answer(rng, asked, in_time, address, wording, at)
        asked.save()
        if asked.answered_at is not None:
            Milestone.objects.filter(case=case, kind=kind).update(done_at=asked.answered_at)
            CaseEvent.objects.create(case=case, kind=CaseEvent.Kind.FOLLOW_UP_ANSWERED, by=None, at=asked.answered_at)
            _fail(rng, case, asked)


def _answer(
    rng: random.Random, asked: FollowUp, in_time: bool, address: str, wording: dict[str, str], at: datetime
) -> None:
    asked.address, asked.wording = address, wording
    asked.state, asked.claimed_at, asked.sent_at = FollowUp.State.SENT, asked.due_at, asked.due_at
    asked.attempts, asked.first_tried_at = 1, asked.due_at
    answered_at = asked.due_at + timedelta(hours=rng.randint(1, 70))
    if rng.random() < 0.7 and answered_at < at:
        asked.likely = rng.choices(range(4, 11), (1, 1, 1, 2, 4, 6, 5) if in_time else (3, 3, 3, 4, 3, 2, 1))[0]
        asked.answered_at = answered_at


def _fail(rng: random.Random, case: Case, asked: FollowUp) -> None:
    found_at = asked.answered_at
    if found_at is None or asked.likely is None or asked.likely > rules.UNLIKELY:
        return
    if FailedRecovery.objects.filter(case=case).exists():
        return
    failed = FailedRecovery(case=case, why=FailedRecovery.Why.UNLIKELY, found_at=found_at)
    if rng.random() < 0.5:
        failed.handled_at, failed.handled_by = found_at + timedelta(days=4), case.agent
        failed.note = rng.choice(("Rang: they stay for now, with a new delivery day.", "They had signed with another."))
    else:
        failed.next_step = "Visit with the owner, before the year ends."
    failed.save()
