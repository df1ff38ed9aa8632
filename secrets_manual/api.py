"""Secrets for other systems, under /api/v1/: what the token's holder may read, every read noted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource, etag
from customers.api import SeenContact, SeenCustomer
from customers.models import Contact, Customer
from secrets_manual import actions, rules
from secrets_manual.forms import ChangeSecretForm, LogSecretForm
from secrets_manual.models import Audience, Category, Secret, Sensitivity


class SecretSerializer(serializers.Serializer[Secret]):
    """A secret; what is left out is filled in as on the page: its category from the words, the rest from that."""

    id = serializers.IntegerField(read_only=True)
    customer = SeenCustomer(queryset=Customer.objects.none())
    contact = SeenContact(queryset=Contact.objects.none(), required=False, allow_null=True)
    text = serializers.CharField(max_length=500)
    category = serializers.SlugRelatedField(slug_field="key", queryset=Category.objects.offered(), required=False)
    sensitivity = serializers.ChoiceField(choices=Sensitivity.choices, required=False)
    audiences = serializers.MultipleChoiceField(choices=Audience.choices, required=False)
    how_learned = serializers.ChoiceField(choices=Secret.HowLearned.choices, required=False)
    confidence = serializers.ChoiceField(choices=Secret.Confidence.choices, required=False)
    never_aloud = serializers.BooleanField(required=False)
    reason = serializers.CharField(
        max_length=300, required=False, write_only=True, help_text="For less confidentiality."
    )
    not_special = serializers.BooleanField(
        required=False, write_only=True, help_text="The words look special and are nothing of the kind."
    )
    discovered_by = serializers.IntegerField(source="discovered_by_id", read_only=True)
    discovered_at = serializers.DateTimeField(read_only=True)
    confirmed_at = serializers.DateTimeField(read_only=True)
    ask_again_on = serializers.DateField(read_only=True)
    resting_until = serializers.DateTimeField(read_only=True, allow_null=True)
    uses = serializers.IntegerField(read_only=True)

    def to_representation(self, instance: Secret) -> dict[str, Any]:
        shown = super().to_representation(instance)
        return {**shown, "audiences": sorted(instance.audiences)}


class SecretFilter(filters.FilterSet):  # type: ignore[misc]
    customer = filters.NumberFilter(field_name="customer_id")
    category = filters.CharFilter(field_name="category__key")

    class Meta:
        model = Secret
        fields = ["customer", "category", "sensitivity"]


class SecretResource(Resource):
    """Secrets the token's holder may read."""

    scope = "secrets"
    serializer_class = SecretSerializer
    filterset_class = SecretFilter
    queryset = Secret.objects.none()

    def get_queryset(self) -> QuerySet[Secret]:
        readable = Secret.objects.visible_to(self.user, at=timezone.now())
        return readable.with_text().select_related("customer__owner__team")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        found = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        actions.note_reads(found, user=self.user, why="API", at=timezone.now())
        return self.get_paginated_response(self.get_serializer(found, many=True).data)

    def answer(self, row: Secret) -> Response:
        """One secret; whoever gets its words has read it, the answer to a write too."""
        actions.note_reads([row], user=self.user, why="API", at=timezone.now())
        return super().answer(row)

    def add(self, data: dict[str, Any]) -> int:
        if not rules.may_log(self.user.roles):
            raise PermissionDenied
        customer = data["customer"]
        form = LogSecretForm(_typed(data), customer=customer, user=self.user)
        if not form.is_valid():
            raise Refused(dict(form.errors.as_data()))
        return actions.log_secret(customer, **form.secret_fields(), acting_user=self.user, at=timezone.now()).pk

    def change(self, row: Secret, data: dict[str, Any]) -> None:
        if not rules.may_log(self.user.roles):
            raise PermissionDenied
        if data.pop("customer", row.customer) != row.customer:
            raise serializers.ValidationError({"customer": ["A secret stays with the customer."]})
        self.check_match(row)
        form = ChangeSecretForm(_typed({**_as_it_is(row), **data}), secret=row, user=self.user)
        if not form.is_valid():
            raise Refused(dict(form.errors.as_data()))
        actions.change_secret(row, **form.changes(), acting_user=self.user, at=timezone.now())

    def etag_of(self, row: Secret) -> str:
        return etag(f"{row.pk}.{row.revision}")


def _as_it_is(row: Secret) -> dict[str, Any]:
    kept = ("text", "category", "sensitivity", "audiences", "contact", "how_learned", "confidence", "never_aloud")
    return {**{name: getattr(row, name) for name in kept}, "seen_version": row.revision}


def _typed(data: dict[str, Any]) -> dict[str, Any]:
    """As a form takes it."""
    typed = {name: value for name, value in data.items() if name != "customer"}
    if "contact" in typed:
        typed["contact"] = typed["contact"].pk if typed["contact"] else ""
    if typed.get("category"):
        typed["category"] = typed["category"].key
    if "audiences" in typed:
        typed["audiences"] = sorted(typed["audiences"])
    return typed
