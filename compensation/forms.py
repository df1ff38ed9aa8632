"""What compensation types: a plan from a template, and what a member is paid by."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import Role, User
from compensation import rules
from compensation.models import BonusPlan, PlanMember, Quota
from compensation.rules import mix


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def amount_field(label: str, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=14, decimal_places=2, min_value=Decimal("0.01"), **options)


class AddPlanForm(forms.ModelForm[BonusPlan]):
    template = forms.ChoiceField(
        label="Mix", choices=[(template.key, template.name) for template in rules.TEMPLATES.values()]
    )
    prior_strength = forms.IntegerField(
        label="Weight of the baseline (k)",
        min_value=0,
        max_value=1000,
        initial=mix.DEFAULT_PRIOR_STRENGTH,
        help_text="A share counts as if k more customers had answered at the baseline.",
    )
    target_bonus = amount_field("Target bonus a year", help_text="Of everybody, to begin with.")
    new_quota = amount_field("Quota for new revenue a year", help_text="Of everybody, to begin with.")
    continuing_quota = amount_field("Quota for continuing revenue a year", help_text="Of everybody, to begin with.")

    class Meta:
        model = BonusPlan
        fields = ["name", "starts_on", "months", "currency"]
        widgets = {"starts_on": DayInput()}
        labels = {"starts_on": "Starts on"}

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day.day != 1:
            raise forms.ValidationError(f"A plan starts with a month. Did you mean {day.replace(day=1):%-d %B %Y}?")
        return day

    @property
    def quotas(self) -> dict[str, Decimal]:
        return {mix.NEW: self.cleaned_data["new_quota"], mix.CONTINUING: self.cleaned_data["continuing_quota"]}


class AddMemberForm(forms.Form):
    salesperson = forms.ModelChoiceField(User.objects.none())
    target_bonus = amount_field("Target bonus a year")
    new_quota = amount_field("Quota for new revenue a year")
    continuing_quota = amount_field("Quota for continuing revenue a year")
    eligible_from = forms.DateField(label="Eligible from", widget=DayInput(), required=False)

    def __init__(self, *args: Any, plan: BonusPlan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.holding(Role.SALESPERSON).exclude(pk=user.pk).exclude(plan_members__plan=plan)
        field = self.fields["salesperson"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        kept = {key: self.cleaned_data[key] for key in ("salesperson", "target_bonus", "eligible_from")}
        quotas = {mix.NEW: self.cleaned_data["new_quota"], mix.CONTINUING: self.cleaned_data["continuing_quota"]}
        return kept | {"quotas": quotas}


class QuotaForm(forms.ModelForm[PlanMember]):
    """Target bonus and days of a member, and two quotas a plan year (fields ``quota_<year>_<kind>``)."""

    class Meta:
        model = PlanMember
        fields = ["target_bonus", "eligible_from", "eligible_until"]
        widgets = {"eligible_from": DayInput(), "eligible_until": DayInput()}
        labels = {"target_bonus": "Target bonus a year"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[int, str]] = {}
        member = self.instance
        set_now = {
            (quota.year_id, quota.kind): quota.amount
            for quota in Quota.objects.filter(salesperson=member.salesperson, year__plan=member.plan)
        }
        for year in member.plan.years.all():
            for kind, label in Quota.Kind.choices:
                name = f"quota_{year.number}_{kind}"
                self.places[name] = (year.pk, kind)
                self.fields[name] = amount_field(
                    f"Year {year.number}: quota for {label.lower()}", initial=set_now.get((year.pk, kind))
                )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        start, end = values.get("eligible_from"), values.get("eligible_until")
        if start and end and end < start:
            self.add_error("eligible_until", "The last day lies before the first. Swap them, or leave one empty.")
        return values

    @property
    def quotas(self) -> dict[tuple[int, str], Decimal]:
        return {place: self.cleaned_data[name] for name, place in self.places.items()}
