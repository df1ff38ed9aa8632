"""A signed card, plans, invitations and answers, for fixtures and for the permission table."""

from datetime import UTC, date, datetime
from decimal import Decimal

from compensation import actions
from compensation.queries.past_year import mix_of
from compensation.rules.mix import CONTINUING, NEW
from customers.models import Customer
from report_cards.models import Answer, Behaviour, Invitation, ReportCard, Response
from tests.conftest import NOW

QUOTAS = {NEW: Decimal("100000.00"), CONTINUING: Decimal("200000.00")}
BEHAVIOURS = [
    ("relationship", "listening", "Listening", 6000),
    ("relationship", "follow-up", "Follow-up", 4000),
    ("secret_gathering", "asks-about-my-world", "Asks about my world", 10_000),
]


def signed_card(*, made_by, signed_by):
    card = ReportCard.objects.create(year=2026, version=1, name="Card", first_month=date(2026, 1, 1), made_by=made_by)
    for position, (measure, key, name, weight) in enumerate(BEHAVIOURS, 1):
        Behaviour.objects.create(
            card=card,
            measure=measure,
            position=position,
            key=key,
            name=name,
            question=name,
            weight_bp=weight,
            target="0.80",
        )
    card.signed_by, card.signed_at = signed_by, NOW
    card.save()
    return card


def draft_plan(acting_user):
    """A draft that pays every salesperson 24,000 a year for 100,000 new and 200,000 continuing revenue."""
    return actions.add_plan(
        name="Rapport",
        template="80-50-30",
        starts_on=date(2026, 1, 1),
        currency="EUR",
        target_bonus=Decimal("24000.00"),
        quotas=QUOTAS,
        acting_user=acting_user,
        at=NOW,
    )


def respond(round_, salesperson, name, **fields):
    customer = Customer.objects.create(name=name, owner=salesperson)
    invitation = Invitation.objects.create(
        round=round_,
        customer=customer,
        salesperson=salesperson,
        address=f"c{customer.pk}@x.example",
        wording={"salesperson": "a", "customer": "b"},
        state="sent",
        sent_at=NOW,
    )
    return Response.objects.create(invitation=invitation, first_at=NOW, last_at=NOW, **fields)


def answer(response, key, value):
    invitation = response.invitation
    return Answer.objects.create(
        response=response,
        behaviour_key=key,
        value=value,
        customer=invitation.customer,
        salesperson=invitation.salesperson,
        month=invitation.round.month,
    )


def at(year, month, day):
    return datetime(year, month, day, 12, tzinfo=UTC)


def go_on(run, *, at=NOW):
    """What the worker does, until there is nothing left to do."""
    while actions.go_on(run, at=at):
        pass
    run.refresh_from_db()
    return run


def computed(plan, runner, *, through=date(2026, 1, 31), kind="accrual", at=NOW):
    """A run of the plan's first year, computed."""
    year = plan.years.get(number=1)
    return go_on(actions.start_run(year, kind=kind, through=through, acting_user=runner, at=at), at=at)


def adjusted(plan, maker, decider, *, amount="125.50", who=None):
    """An approved adjustment of a member's, carried forward to the next run."""
    made = actions.propose_adjustment(
        who or plan.members.order_by("pk").first(),
        plan.years.get(number=1),
        component="new_revenue",
        amount=Decimal(amount),
        cause="dispute",
        reason="The sale was credited to the wrong person.",
        acting_user=maker,
        at=NOW,
    )
    actions.approve_adjustments([made.pk], acting_user=decider, at=NOW)
    return made


def turned(year, **knobs):
    """The address of a page with its sliders set; what is not told stands as it is written."""
    said = {"year": year.pk, "of": year.pk}
    for part in mix_of(year):
        said[f"w-{part.key}"] = part.weight_bp / 100
        if part.ways:
            said |= {f"k-{part.key}": int(part.k), f"t-{part.key}": 0}
    return said | {key.replace("__", "-"): value for key, value in knobs.items()}
