"""What a plan says, as plain values: the document that is approved, hashed, printed and acknowledged."""

from typing import Any

from compensation import rules
from compensation.models import BonusPlan, Component, PlanYear, Quota
from compensation.rules import disputes


def plan_document(plan: BonusPlan) -> dict[str, Any]:
    """Everything the engine takes from a plan, in the spelling of its inputs. Four queries.

    Days to answer a dispute stand in it where they are not the usual ones: plans approved before they could be chosen
    keep their hash.
    """
    years = plan.years.select_related("card").prefetch_related("components__behaviours").order_by("number")
    promised = {"answer_days": plan.answer_days} if plan.answer_days != disputes.DAYS_TO_ANSWER else {}
    return promised | {
        "document": 1,
        "name": plan.name,
        "version": plan.version,
        "currency": plan.currency,
        "starts_on": plan.starts_on.isoformat(),
        "months": plan.months,
        "effective_on": plan.paid_from.isoformat(),
        "continuing_days": plan.continuing_days,
        "rates": plan.rates,
        "pays_monthly": plan.pays_monthly,
        "dispute_days": plan.dispute_days,
        "years": [year_document(year) for year in years],
    }


def year_document(year: PlanYear) -> dict[str, Any]:
    """One plan year of the document."""
    return {
        "number": year.number,
        "starts_on": year.starts_on.isoformat(),
        "ends_on": year.ends_on.isoformat(),
        "card": str(year.card),
        "components": [component_document(part) for part in year.components.all()],
    }


def component_document(part: Component) -> dict[str, Any]:
    """One component: the engine's inputs without the facts, with the names people read."""
    terms: dict[str, Any] = {
        "key": part.key,
        "kind": part.kind,
        "weight_bp": part.weight_bp,
        "curve": [list(point) for point in part.curve],
    }
    if part.kind == Component.Kind.REVENUE:
        return terms
    behaviours = [
        {
            "key": one.key,
            "name": one.name,
            "weight_bp": one.weight_bp,
            "target": f"{one.target:.4f}",
            "prior_mean": f"{one.prior_mean:.4f}",
            "prior_reason": one.prior_reason,
        }
        for one in part.behaviours.all()
    ]
    return terms | {"target": f"{part.target:.4f}", "prior_strength": part.prior_strength, "behaviours": behaviours}


def document_hash(plan: BonusPlan) -> str:
    """SHA-256 of the plan's document, in hexadecimal."""
    return rules.digest(plan_document(plan))


def approval_mark(plan: BonusPlan) -> str:
    """A hash of all an executive reads before approving: the document, whom it pays, how much and for what quotas."""
    members = plan.members.order_by("salesperson_id").values_list(
        "salesperson_id", "target_bonus", "eligible_from", "eligible_until"
    )
    quotas = Quota.objects.filter(year__plan=plan).order_by("salesperson_id", "year__number", "kind")
    amounts = quotas.values_list("salesperson_id", "year__number", "kind", "amount")
    rows = [[str(value) for value in row] for row in (*members, *amounts)]
    return rules.digest({"document": plan_document(plan), "pay": rows})
