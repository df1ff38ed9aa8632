"""What a member is paid by, as compensation types it."""

from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import Role, User
from compensation.forms.fields import DayInput, amount_field
from compensation.models import BonusPlan, PlanMember, Quota
from compensation.rules import mix


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
