"""Which runs can be made, and why another cannot."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.models import Role, User
from compensation import rules
from compensation.models import BonusPlan, Component, PlanYear, Run
from report_cards.models import Round

Kind = Run.Kind


@dataclass(frozen=True)
class Possible:
    """A run that could be made; with a ``reason`` it cannot yet."""

    year: PlanYear
    kind: str
    through: date
    reason: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.year.pk}:{self.kind}:{self.through}"

    @property
    def label(self) -> str:
        what = "Final run" if self.kind == Kind.FINAL else f"{self.through:%B %Y}"
        return f"{what} · year {self.year.number} of {self.year.plan}"


def possible_runs(today: date) -> list[Possible]:
    """The accruals of months that are over and not accrued yet, and the final runs, by plan and year."""
    found = []
    plans = BonusPlan.objects.approved().prefetch_related("years").order_by("starts_on", "name", "version")
    locked = list(Run.objects.locked().order_by("through", "approved_at"))
    under_way = {run.plan_id: run for run in Run.objects.open().select_related("run_by", "plan")}
    for plan in plans:
        opened = under_way.get(plan.pk)
        for year in plan.years.all():
            year.plan = plan
            done = [run for run in locked if run.year_id == year.pk]
            if any(run.kind == Kind.FINAL for run in done) or year.starts_on > today or not year.paid_span.days:
                continue
            found += _of_year(year, done[-1].through if done else None, today, opened)
    return found


def _of_year(year: PlanYear, last: date | None, today: date, opened: Run | None) -> list[Possible]:
    busy = why_busy(opened)
    ends = rules.month_ends(year.paid_span, after=last, until=today)
    accruals = [Possible(year, Kind.ACCRUAL, end, busy) for end in ends]
    final = Possible(year, Kind.FINAL, year.ends_on, busy or why_not_final(year, today))
    return [*accruals, final] if year.ends_on < today or not accruals else accruals


def why_not(year: PlanYear, *, kind: str, through: date, today: date) -> str:
    """Why this run cannot be made, in a sentence; empty where it can."""
    if not year.plan.is_approved or not year.paid_span.days:
        return f"This version of the plan pays nothing in year {year.number}."
    if busy := why_busy(open_run_of(year.plan)):
        return busy
    if Run.objects.locked().filter(year=year, kind=Kind.FINAL).exists():
        return f"Year {year.number} has its final run. What came late since is an adjustment."
    if kind == Kind.ACCRUAL:
        return _why_not_accrual(year, through, today)
    return why_not_final(year, today) if through == year.ends_on else "The final run goes through the year’s end."


def _why_not_accrual(year: PlanYear, through: date, today: date) -> str:
    if through not in set(rules.month_ends(year.paid_span, after=None, until=today)):
        return f"An accrual goes through the end of a month of year {year.number} that is over and that this plan pays."
    last = Run.objects.locked().filter(year=year).select_related("plan").order_by("-through").first()
    if last and through <= last.through:
        return f"{last} is locked. The next accrual goes through a later month."
    return ""


def why_busy(opened: Run | None) -> str:
    """Why no other run of the plan can start: the hashes of its runs are one chain."""
    if opened is None:
        return ""
    word = "waits for approval" if opened.state == Run.State.COMPUTED else "is being computed"
    return f"{opened} {word}, started by {opened.run_by}. One run of a plan at a time: approve or drop it first."


def why_not_final(year: PlanYear, today: date) -> str:
    """The final run comes once the year is over and the round of its last month closed."""
    if year.ends_on >= today:
        return f"Year {year.number} lasts until {year.ends_on:%-d %B %Y}."
    if not year.components.filter(kind=Component.Kind.RATING).exists():
        return ""
    month = year.ends_on.replace(day=1)
    if Round.objects.filter(month__range=(year.starts_on, month), closed_at=None).exists():
        return f"A round of year {year.number} still takes answers. The final run comes once it is closed."
    if not Round.objects.filter(month=month).exists():
        return f"The round of {month:%B %Y} has not been drawn. The final run comes once it is closed."
    return ""


def open_run_of(plan: BonusPlan) -> Run | None:
    """The one run of the plan that is neither locked nor dropped nor refused."""
    return plan.runs.open().select_related("run_by", "plan").first()


def last_locked(run: Run) -> Run | None:
    """The run of the plan that was locked last: the one the next is chained to."""
    return run.plan.runs.locked().order_by("-approved_at", "-pk").first()


def accrued_before(run: Run) -> Run | None:
    """The locked run of the same plan year that went furthest before this one."""
    earlier = Run.objects.locked().filter(year=run.year).exclude(pk=run.pk)
    if run.approved_at:
        earlier = earlier.filter(approved_at__lt=run.approved_at)
    return earlier.order_by("-through", "-approved_at").first()


def is_paid_by(user: User, plan: BonusPlan) -> bool:
    return plan.members.filter(salesperson=user).exists()


def may_approve(user: User, run: Run) -> bool:
    """Whether this person may approve the run once it is computed."""
    return rules.may_approve_run(
        user.roles, user_id=user.pk, runner_id=run.run_by_id, is_paid=is_paid_by(user, run.plan)
    )


def approvers(run: Run) -> QuerySet[User]:
    """Everybody who may approve it."""
    people = User.objects.active().filter(roles__overlap=[Role.COMPENSATION, Role.EXECUTIVE])
    return people.exclude(pk=run.run_by_id).exclude(plan_members__plan=run.plan_id)
