"""Plans in a list, and what the designer shows of a draft, to tell a second writer from a first."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from compensation.models import BonusPlan, PlanYear
from compensation.queries.documents import year_document


def seen_of_plan(plan: BonusPlan) -> dict[str, Any]:
    """The terms and the mixes of a draft. Four queries."""
    years = plan.years.prefetch_related("components__behaviours").order_by("number")
    return {
        "name": plan.name,
        "starts_on": plan.starts_on.isoformat(),
        "months": plan.months,
        "effective_on": plan.effective_on.isoformat() if plan.effective_on else "",
        "currency": plan.currency,
        "continuing_days": plan.continuing_days,
        "pays_monthly": plan.pays_monthly,
        "dispute_days": plan.dispute_days,
        "answer_days": plan.answer_days,
        "rates": {key: str(plan.rates[key]) for key in sorted(plan.rates)},
        **{f"year {year.number}": year.mix.weights for year in years},
    }


def seen_of_year(year: PlanYear) -> dict[str, Any]:
    """What a plan year pays for, but the weights of its components."""
    year = PlanYear.objects.select_related("card").prefetch_related("components__behaviours").get(pk=year.pk)
    parts = year_document(year)["components"]
    return {"card": year.card_id, **{part["key"]: {**part, "weight_bp": 0} for part in parts}}


def plans_with_counts(user: User) -> QuerySet[BonusPlan]:
    """Every plan this person may see with ``paid`` people, ``unread`` of them unacknowledged; newest first."""
    unread = Count("members", filter=Q(members__acknowledgement=None), distinct=True)
    plans = BonusPlan.objects.visible_to(user).annotate(paid=Count("members", distinct=True), unread=unread)
    return plans.select_related("made_by", "approved_by", "replaces").order_by("-starts_on", "name", "-version")
