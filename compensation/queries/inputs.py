"""The engine's inputs of one member, put together from facts that were read."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from compensation import rules
from compensation.models import Component, PlanMember, PlanYear
from compensation.queries.facts import Pairs


def inputs_of(
    member: PlanMember,
    year: PlanYear,
    *,
    period_days: int,
    eligible_days: int,
    actuals: Mapping[str, Decimal],
    quotas: Mapping[str, Decimal],
    counts: Mapping[str, Mapping[str, Pairs]],
) -> dict[str, Any]:
    """Frozen inputs of these facts, paid as a plan year says. Raises ``Refused`` without a quota."""
    return {
        "engine": 1,
        "currency": member.plan.currency,
        "target_bonus": f"{member.target_bonus:.2f}",
        "period_days": period_days,
        "eligible_days": eligible_days,
        "components": [
            _revenue_inputs(part, actuals, quotas)
            if part.kind == Component.Kind.REVENUE
            else _rating_inputs(part, counts[part.key])
            for part in year.components.all()
        ],
    }


def _revenue_inputs(part: Component, actuals: Mapping[str, Decimal], quotas: Mapping[str, Decimal]) -> dict[str, Any]:
    if part.key not in quotas:
        raise no_quota(part.key)
    return {
        "key": part.key,
        "kind": part.kind,
        "weight_bp": part.weight_bp,
        "actual": f"{actuals.get(part.key, Decimal('0.00')):f}",
        "quota": f"{quotas[part.key]:.2f}",
        "curve": part.curve,
    }


def _rating_inputs(part: Component, counts: Mapping[str, Pairs]) -> dict[str, Any]:
    return {
        "key": part.key,
        "kind": part.kind,
        "weight_bp": part.weight_bp,
        "target": f"{part.target}",
        "prior_strength": part.prior_strength,
        "curve": part.curve,
        "behaviours": [
            {
                "key": behaviour.key,
                "weight_bp": behaviour.weight_bp,
                "target": f"{behaviour.target}",
                "prior_mean": f"{behaviour.prior_mean}",
                "customers": [list(pair) for pair in counts[behaviour.key]],
            }
            for behaviour in part.behaviours.all()
        ],
    }


def no_quota(key: str) -> rules.Refused:
    """Why revenue of a kind cannot be paid."""
    return rules.Refused(f"no quota is set for {Component.Key(key).label.lower()}")
