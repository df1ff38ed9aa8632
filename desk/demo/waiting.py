"""What waits for somebody in the demo: questions for more budget, a role, a return, a disputed line, a double, a mail back."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.actions import ask_role_change
from accounts.models import Role
from compensation.actions.disputes import open_dispute, uphold_dispute
from compensation.models import Statement
from customers.actions import add_customer
from customers.actions.sales import reverse_sale
from customers.models import Customer, Sale
from desk.demo.pay_year import while_disputable
from desk.demo.people import Cast
from recovery.actions import ask_budget
from recovery.models import BudgetRequest, Case, FollowUp
from secrets_manual.models import Secret, SecretUse

# Surprises that cost more than their asker may spend alone, and what the manager said.
ANSWERED = (
    ("The whole crew’s breakfast on the quay, for a week.", True, "Yes. They unloaded our lorry in the rain."),
    ("A weekend for two in the capital.", False, "Too much for a late pallet. Bring the pears yourself."),
)
# Uses nobody has said the outcome of: by whom, how many days ago, what was done.
UNTOLD = (
    ("Mark Carver", 19, "Left the tide table of 1931 on the counter."),
    ("Mark Carver", 33, "Invited them to the launch of the new ferry."),
    ("Milo Hart", 24, "Put the harvest offer together for them."),
)


def make_waiting(cast: Cast, *, at: datetime) -> None:
    """A few of each, at customers the tour of the demo does not need."""
    _ask_for_more(cast, at)
    _mails_that_came_back(at)
    _return(cast, at)
    _put_right(cast, at)
    _uses(cast, at)
    _double(cast, at)
    ask_role_change(
        cast.managers[1],
        role=Role.EXECUTIVE,
        given=True,
        acting_user=cast.others["Ada Birch"],
        at=at - timedelta(hours=5),
    )


def _ask_for_more(cast: Cast, at: datetime) -> None:
    """One question waits on a running case; two were answered on cases closed since."""
    running = Case.objects.filter(state=Case.State.OPEN, milestones__kind="surprise", milestones__done_at=None)
    theirs = running.filter(customer__owner__team__manager=cast.managers[0]).exclude(agent=cast.others["Rita Kane"])
    for case in theirs.select_related("customer", "agent")[:1]:
        ask_budget(
            case,
            surprise="A seat at our table at the guild dinner, and a driver home.",
            cost=Decimal(180),
            acting_user=case.agent,
            at=at - timedelta(minutes=25),
        )
    closed = Case.objects.filter(state=Case.State.CLOSED).select_related("agent").order_by("-closed_at", "-id")
    for case, (surprise, is_granted, answer) in zip(closed, ANSWERED, strict=False):
        asked_at = case.reported_at + timedelta(hours=2)
        BudgetRequest.objects.create(
            case=case,
            surprise=surprise,
            cost=Decimal(220),
            allowed=Decimal(50),
            asked_by=case.agent,
            asked_at=asked_at,
            asked_of=cast.managers[0],
            is_granted=is_granted,
            answered_by=cast.managers[0],
            answered_at=asked_at + timedelta(minutes=40),
            answer=answer,
        )


def _mails_that_came_back(at: datetime) -> None:
    """Of the questions after a case one came back, and one customer asked for no more mail."""
    unanswered = FollowUp.objects.filter(state=FollowUp.State.SENT, answered_at=None).order_by("-sent_at", "-id")
    came_back: dict[str, Any] = {"state": FollowUp.State.BOUNCED, "reason": "550 no such user here"}
    unwanted: dict[str, Any] = {"declined_at": at - timedelta(hours=9)}
    for asked, changes in zip(unanswered[:2], (came_back, unwanted), strict=False):
        FollowUp.objects.filter(pk=asked.pk).update(**changes)


def _return(cast: Cast, at: datetime) -> None:
    """A part of a sale came back last week."""
    mark = cast.salespeople[0]
    sale = Sale.objects.present().filter(salesperson=mark, amount__gt=500).order_by("-ordered_on", "-id").first()
    if sale is not None:
        reverse_sale(
            sale,
            amount=Decimal(240),
            order_number=f"{sale.order_number}-R1",
            ordered_on=max(sale.ordered_on, (at - timedelta(days=6)).date()),
            acting_user=cast.others["Cora Pabst"],
            at=at - timedelta(days=5),
        )


def _put_right(cast: Cast, at: datetime) -> None:
    """A disputed line was wrong; the adjustment waits for a second person."""
    issued = Statement.objects.filter(issue__isnull=False).exclude(member__salesperson=cast.salespeople[0])
    newest = issued.order_by("-as_of", "member_id").first()
    if newest is None:
        return
    dispute = open_dispute(
        newest,
        component="continuing_revenue",
        text="Order 10311 was shipped in the last week of the month and stands in none of mine.",
        acting_user=newest.member.salesperson,
        at=while_disputable(newest, at - timedelta(days=6)),
    )
    uphold_dispute(
        dispute,
        reason="Right: it was booked to the branch. The difference comes with the next run.",
        amount=Decimal("86.40"),
        acting_user=cast.others["Cora Pabst"],
        at=at - timedelta(hours=20),
    )


def _uses(cast: Cast, at: datetime) -> None:
    """Secrets were put to use, and nobody has said yet what came of it."""
    people = {user.name: user for user in [*cast.salespeople, *cast.others.values()]}
    fresh = Secret.objects.filter(removed_at=None, used=None, customer__owner=cast.salespeople[0])
    open_ones = fresh.filter(sensitivity="shared").order_by("-id")
    for secret, (name, days, note) in zip(open_ones, UNTOLD, strict=False):
        SecretUse.objects.create(secret=secret, discoverer_id=secret.discovered_by_id, note=note, by=people[name],
                                 at=at - timedelta(days=days))  # fmt: skip


def _double(cast: Cast, at: datetime) -> None:
    """Somebody wrote down a customer the firm already had."""
    twin = Customer.objects.select_related("owner").order_by("id")[4]
    add_customer(
        name=f"{twin.name} GmbH",
        owner=twin.owner,
        acting_user=twin.owner,
        at=at - timedelta(days=2),
        city=twin.city,
        country=twin.country,
        contact={"name": "Reception"},
    )
