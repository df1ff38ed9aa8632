"""When results call for an action plan, which come first, and what about a plan is late.

docs/algorithms/plans.md tells it in prose; docs/algorithms/fairness.md counts how often each rule is wrong.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import inf, sqrt
from statistics import NormalDist

from report_cards.rules.statistics import FEWEST_CUSTOMERS, status, wilson

Z_ONE_SIDED_97_5 = NormalDist().inv_cdf(0.975)
MOST_OPEN = 2
WRITE_WITHIN = timedelta(days=10)
MEET_WITHIN = timedelta(days=21)
REWRITE_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """One behaviour of one person over one quarter, against the target (0..1) of that time."""

    share: Fraction | None
    customers: int
    target: Fraction

    @property
    def status(self) -> str:
        return "too_few" if self.share is None else status(self.share, self.customers, self.target)

    @property
    def is_short(self) -> bool:
        """The share is under the target, and at least five customers judged."""
        return self.status in {"watch", "below"}

    @property
    def is_far_below(self) -> bool:
        """The one-sided 97.5 % Wilson upper bound lies under the target."""
        if self.share is None or not self.is_short:
            return False
        return wilson(self.share, self.customers, Z_ONE_SIDED_97_5)[1] < self.target

    @property
    def shortfall(self) -> float:
        """The gap to the target in standard errors of a person exactly at target (the score statistic).

        Wilson's bound lies under the target exactly when this exceeds the bound's z, so that “worst” and “required”
        speak the same language: a small gap among many customers may weigh more than a large one among few.
        """
        if self.share is None or self.customers < FEWEST_CUSTOMERS:
            return 0.0
        gap = float(self.target - self.share)
        error = sqrt(float(self.target * (1 - self.target)) / self.customers)
        return gap / error if error else inf if gap > 0 else 0.0


def plan_cause(now: Standing, before: Standing | None, *, strict: bool) -> str:
    """Why this quarter calls for a plan: ``far_below``, ``two_quarters``, ``strict``; empty when it does not.

    ``before`` is the quarter that ended when this one began, so that no rating counts in both.
    """
    if strict:
        return "strict" if now.is_short else ""
    if now.is_far_below:
        return "far_below"
    return "two_quarters" if before and now.status == "below" == before.status else ""


@dataclass(frozen=True)
class Need:
    """A behaviour that calls for a plan."""

    key: str
    cause: str
    now: Standing
    before: Standing | None = None


def plans_to_call(
    needs: Iterable[Need], *, open_keys: Collection[str], resting: Collection[str] = ()
) -> tuple[list[Need], list[Need]]:
    """Which needs become plans, worst first, and which wait for a free place: two plans a person are open at most.

    A behaviour with an open plan needs no second one; one whose plan ended within the quarter rests (``resting``),
    because ratings from before the plan's end say nothing about what came of it.
    """
    wanted = sorted(
        (need for need in needs if need.cause and need.key not in open_keys and need.key not in resting),
        key=lambda need: (-need.now.shortfall, need.key),
    )
    free = max(0, MOST_OPEN - len(open_keys))
    return wanted[:free], wanted[free:]


def offer_words(now: Standing, *, ended_on: date | None, waited: bool) -> str:
    """What is said of a behaviour under its target that has no open plan.

    ``ended_on``: when a plan about it ended within the quarter; ``waited``: a plan was asked for and found no place.
    """
    if ended_on:
        return f"Your plan about it ended on {ended_on:%-d %B}. Nobody asks for another yet."
    if waited:
        return "The results ask for a plan; it waited for a free place, and there is one now."
    if now.is_far_below:
        return "Too far under the target for chance alone."
    if now.status == "below":
        return "Below the target. One quarter may still be chance; a second one like it asks for a plan."
    return "Chance may well explain it. Nobody requires a plan."


@dataclass(frozen=True)
class PlanDates:
    """What lateness depends on. ``steps``: days of those not done; ``planned``: days of meetings not yet noted."""

    state: str
    is_required: bool
    called_on: date
    write_by: date
    written_on: date | None = None
    answered_on: date | None = None
    due_on: date | None = None
    steps: tuple[date, ...] = ()
    planned: tuple[date, ...] = ()
    has_met: bool = False


@dataclass(frozen=True)
class Delay:
    """Something that waits since ``since``; ``is_managers``: the manager's move."""

    kind: str
    since: date
    is_managers: bool = False

    @property
    def words(self) -> str:
        return DELAYS[self.kind]


DELAYS = {
    "answer": "waits for the manager’s answer",
    "write": "to be written",
    "rewrite": "sent back, to be written again",
    "step": "a step is overdue",
    "meeting": "no coaching meeting yet",
    "notes": "notes of the meeting are missing",
    "end": "past its day: how did it go?",
}


def delays(plan: PlanDates, today: date) -> list[Delay]:
    """What is late about an open plan, longest first. A plan that waits for an answer is the manager's from day one."""
    found = list(_of_writing(plan, today))
    if plan.state == "agreed":
        found += [Delay("step", day) for day in plan.steps if day < today][:1]
        if plan.due_on and plan.due_on < today:
            found.append(Delay("end", plan.due_on, is_managers=True))
    past = sorted(day for day in plan.planned if day < today)
    if past:
        found.append(Delay("notes", past[0], is_managers=True))
    elif plan.is_required and not plan.planned and not plan.has_met and plan.called_on + MEET_WITHIN < today:
        found.append(Delay("meeting", plan.called_on + MEET_WITHIN, is_managers=True))
    return sorted(found, key=lambda delay: (delay.since, delay.kind))


def _of_writing(plan: PlanDates, today: date) -> Iterable[Delay]:
    if plan.state == "called_for" and plan.write_by < today:
        yield Delay("write", plan.write_by)
    if plan.state == "written" and plan.written_on:
        yield Delay("answer", plan.written_on, is_managers=True)
    if plan.state == "sent_back" and plan.answered_on and plan.answered_on + REWRITE_WITHIN < today:
        yield Delay("rewrite", plan.answered_on + REWRITE_WITHIN)
