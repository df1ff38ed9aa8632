"""The estimate of a person's pay, from facts to frozen inputs to the engine."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from accounts.models import Role, User
from compensation import rules
from compensation.models import BonusPlan, Component, PlanMember, PlanYear, Quota, Run, Statement
from compensation.queries.facts import Pairs, counts_of, revenue_of
from compensation.queries.inputs import inputs_of
from firm.queries import the_firm


@dataclass(frozen=True)
class Estimate:
    """The pay of a member for a plan year through a day; without ``result`` where it was refused, with the reason."""

    member: PlanMember
    year: PlanYear
    as_of: date
    inputs: dict[str, Any]
    result: rules.Result | None
    refused: str = ""
    counts: dict[str, dict[str, Pairs]] = field(default_factory=dict)
    is_final: bool = False

    @property
    def statement(self) -> dict[str, Any] | None:
        return self.result.as_statement() if self.result else None

    def is_provisional(self, component: str) -> bool:
        """Whether a behaviour of the component rests on few answers."""
        return any(rules.is_provisional(pairs) for pairs in self.counts.get(component, {}).values())

    def withholds_from(self, user: User) -> bool:
        """Whether ``user`` is the rated person, who sees counts of under 5 customers only in the final statement."""
        return user.pk == self.member.salesperson_id and not self.is_final

    @property
    def withheld(self) -> frozenset[str]:
        """Components with a behaviour that under 5 customers rated."""
        return frozenset(
            key for key, parts in self.counts.items() if any(rules.is_withheld(pairs) for pairs in parts.values())
        )


def estimate_of(user: User, at: datetime) -> Estimate | None:
    """What the user has earned so far in today's plan year, or in the end where its final run is locked.

    None where no approved plan pays them.
    """
    today = the_firm().today(at)
    member = member_on(user, today)
    year = years_begun(member.plan, today).last() if member else None
    if member is None or year is None:
        return None
    final = final_of(member, year)
    return kept_estimate(final) if final else estimate(member, year, through=today)


def final_of(member: PlanMember, year: PlanYear) -> Statement | None:
    """What the locked final run of a plan year says of a member."""
    finals = Statement.objects.filter(member=member, year=year, kind=Statement.Kind.FINAL, run__state=Run.State.LOCKED)
    return finals.select_related("member__plan", "member__salesperson__team", "year", "run__approved_by").first()


def member_on(user: User, day: date) -> PlanMember | None:
    """The membership that pays a user on a day: of the approved version that began to pay last."""
    plan = BonusPlan.objects.paying_on(day).filter(members__salesperson=user).last()
    return plan.members.select_related("plan", "salesperson").get(salesperson=user) if plan else None


def years_begun(plan: BonusPlan, day: date) -> QuerySet[PlanYear]:
    """The years of a plan that have begun, with everything they pay for."""
    return plan.years.filter(starts_on__lte=day).prefetch_related("components__behaviours").order_by("number")


def estimate(member: PlanMember, year: PlanYear, *, through: date) -> Estimate:
    """The statement of a plan year through a day, on the facts known now. Eight queries."""
    as_of = min(through, year.ends_on)
    prefetch_related_objects([member], "salesperson__leaves")
    counts = counts_of(member, year, through=as_of)
    inputs: dict[str, Any] = {}
    try:
        inputs = frozen_inputs(member, year, counts, through=as_of)
        return Estimate(member, year, as_of, inputs, rules.compute(inputs), "", counts)
    except rules.Refused as refused:
        return Estimate(member, year, as_of, inputs, None, str(refused), counts)


def kept_estimate(statement: Statement) -> Estimate:
    """A kept statement, computed again from its inputs for the trace."""
    counts = {
        part["key"]: {one["key"]: [(good, rated) for good, rated in one["customers"]] for one in part["behaviours"]}
        for part in statement.inputs["components"]
        if part["kind"] == Component.Kind.RATING
    }
    result = rules.compute(statement.inputs)
    final = statement.kind == Statement.Kind.FINAL
    return Estimate(statement.member, statement.year, statement.as_of, statement.inputs, result, "", counts, final)


def frozen_inputs(
    member: PlanMember, year: PlanYear, counts: dict[str, dict[str, Pairs]], *, through: date
) -> dict[str, Any]:
    """The engine's inputs for a plan year through a day. Raises ``Refused`` without a quota or a rate."""
    return inputs_of(
        member,
        year,
        period_days=year.span.days,
        eligible_days=member.days_of(year, through).days,
        actuals=revenue_of(member, year, through=through),
        quotas={quota.kind: quota.amount for quota in Quota.objects.filter(salesperson=member.salesperson, year=year)},
        counts=counts,
    )


def plans_to_approve(user: User) -> QuerySet[BonusPlan]:
    """Drafts that wait for this executive."""
    if not user.has_role(Role.EXECUTIVE):
        return BonusPlan.objects.none()
    return BonusPlan.objects.to_approve_by(user)
