"""What a plan's designer types above the mixes: name, months, currency, fixed rates, how it pays."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from compensation.forms.fields import DayInput
from compensation.forms.mixes import years_of
from compensation.models import BonusPlan
from compensation.queries.drafts import seen_of_plan
from customers.forms.seen import TELL, sealed, unsealed
from customers.rules.seen import changed
from report_cards.forms.drafts import percent

FIXED = ("name", "starts_on", "months", "currency")
RATES = 20


class PlanForm(forms.ModelForm[BonusPlan]):
    """The terms of a draft. A version keeps name, start, months and currency of the plan it replaces."""

    drops_years = forms.BooleanField(required=False, label="Take those years away with their quotas")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = BonusPlan
        fields = [
            "name",
            "starts_on",
            "months",
            "effective_on",
            "currency",
            "continuing_days",
            "dispute_days",
            "answer_days",
            "pays_monthly",
        ]
        widgets = {"starts_on": DayInput(), "effective_on": DayInput()}
        labels = {
            "starts_on": "Starts on",
            "effective_on": "Pays from",
            "continuing_days": "Continuing within, days",
            "dispute_days": "Open to dispute, days",
            "answer_days": "A dispute is answered within, days",
            "pays_monthly": "Pay each month’s accrual; otherwise only the final run pays",
        }
        help_texts = {
            "effective_on": "The first of a month. The version before pays the days until then.",
            "pays_monthly": "",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.instance.replaces_id is not None
        if version:
            for name in FIXED:
                self.fields[name].disabled = True
        else:
            del self.fields["effective_on"]
        self.initial.setdefault("seen", sealed(seen_of_plan(self.instance)))
        if not self.drops:
            del self.fields["drops_years"]

    @property
    def drops(self) -> int:
        """How many years what was typed would take away."""
        starts_on, months = str(self.data.get("starts_on", "")), str(self.data.get("months", ""))
        if not (self.is_bound and months.isdecimal() and 1 <= int(months) <= 120):
            return 0
        try:
            wanted = years_of(date.fromisoformat(starts_on), int(months))
        except ValueError:
            return 0
        return max(0, self.instance.years.count() - wanted)

    def clean_starts_on(self) -> date:
        return _first("A plan starts", self.cleaned_data["starts_on"])

    def clean_effective_on(self) -> date:
        day = _first("A version begins", self.cleaned_data["effective_on"] or self.instance.starts_on)
        before = self.instance.replaces
        assert before is not None
        if not before.paid_from < day <= before.ends_on:
            message = f"Version {before.version} pays from {before.paid_from:%-d %B %Y} to {before.ends_on:%-d %B %Y}."
            raise forms.ValidationError(f"{message} Choose a month in between.")
        return day

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.drops and not values.get("drops_years"):
            years = "A plan year" if self.drops == 1 else f"{self.drops} plan years"
            self.add_error("months", f"{years} would go, with the quotas. Tick below if you mean it.")
        return values

    def meet(self, now: Mapping[str, Any]) -> None:
        """Say what somebody else saved meanwhile; saving again keeps what stands on the page."""
        before = unsealed(self.cleaned_data["seen"]) or {}
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = sealed(now)  # type: ignore[index]
        self.add_error(None, TELL)
        for name in changed(before, now):
            said = f"Somebody else wrote “{_said(now[name])}” meanwhile. Save again to keep yours."
            if name in self.fields:
                self.add_error(name, said)
            else:
                self.add_error(None, f"{name.capitalize()}: somebody else wrote {_said(now[name])}.")


def _said(value: Any) -> str:
    if isinstance(value, dict):
        parts = [
            f"{key.replace('_', ' ')} {percent(one) if isinstance(one, int) else one}" for key, one in value.items()
        ]
        return ", ".join(parts) or "nothing"
    return str(value)


def _first(what: str, day: date) -> date:
    if day.day != 1:
        raise forms.ValidationError(f"{what} with a month. Did you mean {day.replace(day=1):%-d %B %Y}?")
    return day


class RateRows:
    """The fixed rates as a table of fields; empty rows are left out."""

    def __init__(self, rates: Mapping[str, str], data: Mapping[str, Any] | None = None) -> None:
        self.rows = [{"currency": key, "rate": str(rate), "error": ""} for key, rate in sorted(rates.items())]
        if data is not None and "rates" in data:
            count = min(int(data["rates"]), RATES) if str(data["rates"]).isdecimal() else 0
            sent = [(data.get(f"rate-{n}-currency", ""), data.get(f"rate-{n}-rate", "")) for n in range(count)]
            self.rows = [{"currency": key.strip(), "rate": rate.strip(), "error": ""} for key, rate in sent]
            self.rows = [row for row in self.rows if row["currency"] or row["rate"]]

    @property
    def shown(self) -> list[dict[str, str]]:
        """The rows and two empty ones."""
        empty = {"currency": "", "rate": "", "error": ""}
        return self.rows + [empty, empty][: max(0, RATES - len(self.rows))]

    def is_valid(self, currency: str) -> bool:
        """Three letters once, another currency than the plan's, and a decimal above nothing."""
        seen: set[str] = set()
        for row in self.rows:
            row["currency"] = row["currency"].upper()
            row["error"] = _rate_fault(row, currency, seen)
            seen.add(row["currency"])
        return not any(row["error"] for row in self.rows)

    @property
    def rates(self) -> dict[str, str]:
        return {row["currency"]: f"{Decimal(row['rate'].replace(',', '.')):f}" for row in self.rows}


def _rate_fault(row: Mapping[str, str], currency: str, seen: set[str]) -> str:
    key = row["currency"]
    if not (len(key) == 3 and key.isascii() and key.isalpha()):
        return "Write the three letters of ISO 4217, such as USD."
    if key == currency:
        return f"{key} is the plan’s own currency. Remove the row."
    if key in seen:
        return f"{key} stands there already. Keep one."
    try:
        rate = Decimal(row["rate"].replace(",", "."))
    except InvalidOperation:
        return f"Write what one {key} is worth in {currency} as a decimal, such as 0.92."
    if not rate.is_finite() or not 0 < rate < 10**12 or -int(rate.as_tuple().exponent) > 12:
        return f"Write what one {key} is worth in {currency} as a decimal, such as 0.92."
    return ""
