"""The table of a plan's people: who is on it, and what each is paid for."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from compensation.models import BonusPlan, PlanMember, Quota
from compensation.rules import quotas as rules
from compensation.rules.quotas import Column

SORTS = {
    "name": ("by name", ("salesperson__name", "pk")),
    "team": ("by team", ("salesperson__team__name", "salesperson__name", "pk")),
    "bonus": ("highest target bonus first", ("-target_bonus", "salesperson__name", "pk")),
    "changed": ("last changed first", ("-changed_at", "salesperson__name", "pk")),
}


def columns_of(plan: BonusPlan) -> list[Column]:
    """What the table says of each member."""
    return rules.columns_of(plan.years.order_by("number").values_list("pk", "number"))


def table_members(plan: BonusPlan, *, text: str = "", sort: str = "name") -> QuerySet[PlanMember]:
    """The plan's people whose name holds a text."""
    found = plan.members.select_related("salesperson__team", "changed_by")
    return found.filter(salesperson__name__icontains=text).order_by(*SORTS[sort][1])


def terms_of(plan: BonusPlan, members: Iterable[PlanMember], columns: Sequence[Column]) -> dict[int, dict[str, str]]:
    """What each member is paid for today, by member id."""
    members = list(members)
    people = [member.salesperson_id for member in members]
    quotas = {
        (quota.salesperson_id, (quota.year_id, quota.kind)): quota.amount
        for quota in Quota.objects.filter(year__plan=plan, salesperson__in=people)
    }
    return {
        member.pk: {
            column.name: rules.said(
                quotas.get((member.salesperson_id, column.place)) if column.place else getattr(member, column.name)
            )
            for column in columns
        }
        for member in members
    }
