"""The demo's year of pay: a plan read and named by most, a split sale, days of leave, monthly accruals, a dispute."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from compensation.actions import (
    acknowledge_plan,
    add_leave,
    approve_run,
    go_on,
    start_run,
)
from compensation.actions.disputes import answer_dispute, open_dispute
from compensation.models import BonusPlan, Issue, PlanMember, Run, SaleCredit, Statement
from customers.models import Sale
from desk.demo.people import Cast
from firm.models import Firm

# So many of the forty have not typed their name yet.
UNREAD = 4
# Rounds close on the 21st; compensation accrues the day after.
ACCRUED_ON = 22


def make_pay_year(firm: Firm, cast: Cast, plan: BonusPlan, *, at: datetime) -> None:
    """Accruals of every month whose ratings are in: all but the newest locked and handed out, that one to approve."""
    cora, today = cast.others["Cora Pabst"], firm.today(at)
    members = list(plan.members.select_related("salesperson", "plan").order_by("pk"))
    for member in members[UNREAD:]:
        when = datetime.combine(plan.starts_on + timedelta(days=member.pk % 20), time(8, member.pk % 60), UTC)
        acknowledge_plan(member, typed_name=member.salesperson.name, acting_user=member.salesperson, at=when)
    _away(cast, members, today, at)
    _split(cast, plan, at)
    ends = _months_accrued(plan.starts_on, today)
    for through in ends:
        run_at = min(at, datetime.combine(through + timedelta(days=ACCRUED_ON), time(9, 40), UTC))
        run = start_run(plan.years.get(number=1), kind=Run.Kind.ACCRUAL, through=through, acting_user=cora, at=run_at)
        while go_on(run, at=run_at):
            pass
        run.refresh_from_db()
        if run.state != Run.State.COMPUTED or through == ends[-1]:
            return _disagree(cast, plan, at)
        approve_run(run, acting_user=cast.others["Dan Whitlow"], at=run_at + timedelta(hours=3))
        _hand_out(run, run_at + timedelta(hours=3))
    return None


def _months_accrued(starts_on: date, today: date) -> list[date]:
    """The last day of each month since the plan began that ended a week ago at the least."""
    ends = [date(starts_on.year, month, monthrange(starts_on.year, month)[1]) for month in range(1, 13)]
    return [day for day in ends if day + timedelta(days=7) <= today]


def _away(cast: Cast, members: list[PlanMember], today: date, at: datetime) -> None:
    """Two people were away for a while."""
    for member, days_ago, days, reason in (
        (members[5], 120, 27, "Parental leave"),
        (members[11], 60, 9, "Unpaid leave"),
    ):
        starts_on = today - timedelta(days=days_ago)
        add_leave(
            member.salesperson,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days),
            reason=reason,
            acting_user=cast.others["Cora Pabst"],
            at=at - timedelta(days=days_ago - 1),
        )


def _split(cast: Cast, plan: BonusPlan, at: datetime) -> None:
    """Three sales were won by two people together."""
    made = {"changed_by": cast.others["Cora Pabst"], "changed_at": at - timedelta(days=100)}
    for sale in Sale.objects.filter(removed_at=None, ordered_on__gte=plan.starts_on).order_by("id")[:3]:
        beside = next(user for user in cast.salespeople if user.pk != sale.salesperson_id)
        SaleCredit.objects.bulk_create(
            SaleCredit(sale=sale, salesperson_id=who, share_ppm=share, **made)
            for who, share in ((sale.salesperson_id, 600_000), (beside.pk, 400_000))
        )


def _hand_out(run: Run, at: datetime) -> None:
    """The statements went out when they were; the demo mails nobody about the past."""
    Issue.objects.bulk_create(Issue(statement=one, at=at) for one in run.statements.all())
    run.refresh_from_db()
    run.issued_at = at
    run.save(update_fields=["issued_at"])


def while_disputable(statement: Statement, at: datetime) -> datetime:
    """``at``, or where that is too late the last day but one on which the statement can be disputed."""
    return min(at, statement.issue.at + timedelta(days=statement.member.plan.dispute_days - 2))


def _disagree(cast: Cast, plan: BonusPlan, at: datetime) -> None:
    """Mark disputes a line of the newest statement he has; compensation has begun to look."""
    mark = next(user for user in cast.salespeople if user.name == "Mark Carver")
    issued = Statement.objects.filter(member__plan=plan, member__salesperson=mark, issue__isnull=False)
    newest = issued.order_by("-as_of").first()
    if newest is None:
        return
    opened_at = while_disputable(newest, at - timedelta(hours=30))
    dispute = open_dispute(
        newest,
        component="new_revenue",
        text="The June order of the harbour café is mine: I won it at the fair, with two colleagues as witnesses.",
        acting_user=mark,
        at=opened_at,
    )
    answer_dispute(
        dispute,
        text="Thank you. I have asked your manager who was at the fair; you hear by Friday.",
        acting_user=cast.others["Cora Pabst"],
        at=opened_at + timedelta(hours=5),
    )
