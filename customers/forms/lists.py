"""The filters of the list of customers, all of them in the address."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter, FilterSet, MultipleChoiceFilter, NumberFilter

from accounts.models import User
from customers import queries
from customers.models import Customer, CustomerQuerySet

WHOSE = [("mine", "Mine"), ("team", "My team's"), ("none", "Without an owner")]


class CustomerFilter(FilterSet):  # type: ignore[misc]
    """Which customers are listed. What can't be understood is left out and told beside its field."""

    q = CharFilter(label="Name, contact, address or number", max_length=100, method="by_text")
    whose = ChoiceFilter(label="Whose", choices=WHOSE, empty_label="All I see", method="by_whose")
    tier = ChoiceFilter(label="Tier", choices=Customer.Tier.choices, empty_label="Every tier")
    kind = ChoiceFilter(label="Kind", choices=Customer.Kind.choices, empty_label="Every kind")
    owner = ChoiceFilter(label="Owner", empty_label="Everybody")
    team = ChoiceFilter(label="Team", empty_label="Every team", field_name="owner__team")
    tag = MultipleChoiceFilter(
        label="Tags",
        conjoined=True,
        field_name="tags",
        widget=forms.SelectMultiple(attrs={"size": 4}),
        help_text="All of those chosen.",
    )
    city = CharFilter(label="City", max_length=80, lookup_expr="iexact")
    country = CharFilter(label="Country", max_length=80, lookup_expr="iexact")
    quiet = NumberFilter(
        label="No contact for days",
        min_value=1,
        max_value=36_500,
        decimal_places=0,
        method="by_quiet",
        help_text="Never counts, too.",
    )
    promise = ChoiceFilter(
        label="Promises",
        choices=[("open", "An open one"), ("due", "One that is due")],
        empty_label="Any",
        method="by_promise",
    )

    class Meta:
        model = Customer
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], *, user: User, most: int | None = None) -> None:
        """``most``: so many hits of a text are enough (a list says that there are more); all of them without it."""
        self.user, self.most = user, most
        super().__init__(data, queries.listed(user, whose=data.get("whose", "")))
        owners, tags = list(queries.owners_seen(user)), queries.suggested_tags()
        teams = {one.team.pk: one.team.name for one in owners if one.team}
        self._offer("owner", [(str(one.pk), one.name) for one in owners])
        self._offer("team", [(str(pk), name) for pk, name in sorted(teams.items(), key=lambda team: team[1])])
        self._offer("tag", [(str(tag.pk), tag.name) for tag in tags])
        self.tag_names = [tag.name for tag in tags]
        if not queries.sees_unowned(user):
            self._offer("whose", WHOSE[:2])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.filters[name].extra["choices"] = choices

    def filter_queryset(self, queryset: CustomerQuerySet) -> CustomerQuerySet:
        """Everything else first: each way of matching the text ends at ``most`` hits."""
        text = self.form.cleaned_data.pop("q", "")
        found: CustomerQuerySet = super().filter_queryset(queryset)
        self.form.cleaned_data["q"] = text
        return queries.matching(found, text, most=self.most)

    def by_text(self, found: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        return found

    def by_whose(self, found: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        if value == "mine":
            return found.filter(owner=self.user)
        return found.filter(owner__team__in=queries.own_teams(self.user)) if value == "team" else found

    def by_quiet(self, found: CustomerQuerySet, name: str, value: int) -> CustomerQuerySet:
        return queries.quiet_since(found, timezone.localdate() - timedelta(days=int(value)))

    def by_promise(self, found: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        return queries.promised(found, due_by=timezone.localdate() if value == "due" else None)

    @property
    def wanted(self) -> dict[str, Any]:
        """The filters in force, by name."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}
