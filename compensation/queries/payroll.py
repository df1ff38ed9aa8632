"""What a locked run pays each person."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from compensation.models import Adjustment, Component, PayrollFormat, PlanMember, Run, StatementLine
from compensation.rules.engine import minor_units
from compensation.rules.payroll import COLUMNS, DEFAULT, Layout


def payroll_runs() -> QuerySet[Run]:
    """Locked runs that pay, or settle what another got wrong, newest first."""
    settles = Exists(Adjustment.objects.filter(settled_in=OuterRef("pk")))
    paying = Q(kind=Run.Kind.FINAL) | Q(plan__pays_monthly=True) | settles
    return Run.objects.locked().filter(paying).select_related("plan", "year", "approved_by").order_by("-approved_at")


def the_layout() -> tuple[PayrollFormat, Layout]:
    """How the file looks; as it comes until somebody changes it."""
    kept = PayrollFormat.objects.filter(pk=1).first() or PayrollFormat()
    pairs = [(key, heading) for key, heading in kept.columns if key in COLUMNS]
    columns = tuple(pairs or [(key, COLUMNS[key]) for key in DEFAULT])
    return kept, Layout(columns, kept.separator, kept.decimal_mark)


@dataclass(frozen=True)
class Payroll:
    """A run's rows, and their sum."""

    rows: list[dict[str, str | Decimal]]
    total: Decimal


def payroll_of(run: Run) -> Payroll:
    """One row for each person who gets or owes something: what the lines pay, and the adjustments settled.

    A final run pays the whole year, or what is left of it where each month was paid; an accrual that is only booked
    pays nothing but its adjustments.
    """
    rows = sorted(_rows(run), key=lambda row: (str(row["name"]), str(row["employee_number"])))
    places = Decimal(1).scaleb(-minor_units(run.plan.currency))
    for row in rows:
        row |= {key: value.quantize(places) for key, value in row.items() if isinstance(value, Decimal)}
    return Payroll(rows, sum((Decimal(row["amount"]) for row in rows), Decimal(0)))


def _rows(run: Run) -> Iterator[dict[str, str | Decimal]]:
    paid: dict[int, dict[str, Decimal]] = {}
    if run.pays:
        which = "amount" if run.plan.pays_monthly else "year_to_date"
        lines = StatementLine.objects.filter(statement__run=run).order_by()
        for person, key, amount in lines.values_list("statement__member__salesperson_id", "component", which):
            paid.setdefault(person, {})[key] = amount
    settled = run.adjustments.order_by().values_list("member__salesperson_id").annotate(Sum("amount"))
    adjusted = dict(settled)
    people = PlanMember.objects.filter(Q(plan=run.plan) | Q(adjustments__settled_in=run)).distinct()
    known = {one.salesperson_id: one.salesperson for one in people.select_related("salesperson__team")}
    for pk, person in known.items():
        parts, extra = paid.get(pk, {}), adjusted.get(pk, Decimal(0))
        amount = sum(parts.values(), extra)
        if not amount and not extra and not any(parts.values()):
            continue
        yield {
            "employee_number": person.employee_number,
            "name": person.name,
            "email": person.email,
            "team": person.team.name if person.team else "",
            "run": str(run),
            "through": f"{run.through:%Y-%m-%d}",
            "currency": run.plan.currency,
            **{key: parts.get(key, Decimal(0)) for key in Component.Key.values},
            "adjustments": extra,
            "amount": amount,
        }
