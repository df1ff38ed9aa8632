"""Customers, contacts, promises and interactions for other systems, under /api/v1/."""

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework import serializers

from accounts.api.problems import PreconditionFailed
from accounts.api.resources import Resource, etag
from accounts.models import Role, User
from customers import actions, queries
from customers.models import Contact, Customer, CustomerQuerySet, Interaction, Promise
from customers.rules import people
from customers.rules.numbers import phone_refusal
from customers.rules.seen import ChangedMeanwhile
from customers.rules.tags import TagsRefused, tag_names


def may_change(user: User, customer: Customer) -> None:
    """Forbidden unless the user may change the customer."""
    if not queries.may_change(user, customer):
        raise PermissionDenied


class SeenCustomer(serializers.PrimaryKeyRelatedField[Customer]):
    """A customer the holder sees, by id."""

    def get_queryset(self) -> CustomerQuerySet:
        return Customer.objects.visible_to(self.context["request"].user).select_related("owner__team")


class SeenContact(serializers.PrimaryKeyRelatedField[Contact]):
    """A person at a customer the holder sees, by id; the answer tells nobody of others."""

    def get_queryset(self) -> QuerySet[Contact]:
        seen = Customer.objects.visible_to(self.context["request"].user).order_by()
        return Contact.objects.present().filter(customer__in=seen)


class CustomerSerializer(serializers.ModelSerializer[Customer]):
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    owner = serializers.PrimaryKeyRelatedField(queryset=User.objects.all(), required=False, allow_null=True)

    class Meta:
        model = Customer
        fields = [
            "id", "kind", "code", "name", "address", "postal_code", "city", "region", "country", "zone", "tier",
            "how_met", "owner", "tags", "made_at",
        ]  # fmt: skip
        read_only_fields = ["made_at"]
        # The database keeps codes apart, the removed's too; the action says so.
        validators: list[Any] = []

    def to_representation(self, instance: Customer) -> dict[str, Any]:
        shown = {**instance.__dict__, "tags": [tag.name for tag in instance.tags.all()]}
        kept = {name: shown[name] for name in self.Meta.fields if name not in {"owner", "made_at"}}
        return {
            **kept,
            "owner": instance.owner_id,
            "made_at": self.fields["made_at"].to_representation(instance.made_at),
        }

    def validate_tags(self, value: list[str]) -> list[str]:
        try:
            return tag_names(",".join(value))
        except TagsRefused as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal


class CustomerFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(method="by_text", label="Any part of a name, address or number.")
    owner = filters.NumberFilter(field_name="owner_id")
    tag = filters.CharFilter(field_name="tags__name", lookup_expr="iexact")
    city = filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Customer
        fields = ["q", "kind", "tier", "owner", "tag", "city", "code"]

    def by_text(self, found: CustomerQuerySet, name: str, value: str) -> CustomerQuerySet:
        return queries.matching(found, value)


class CustomerResource(Resource):
    """Customers the token's holder sees."""

    scope = "customers"
    serializer_class = CustomerSerializer
    filterset_class = CustomerFilter
    queryset = Customer.objects.none()

    def get_queryset(self) -> QuerySet[Customer]:
        return Customer.objects.visible_to(self.user).select_related("owner__team").prefetch_related("tags")

    def add(self, data: dict[str, Any]) -> int:
        if not people.may_add(self.user.roles):
            raise PermissionDenied
        owner = data.pop("owner", None) or self.user
        if owner != self.user and not queries.possible_owners(self.user).filter(pk=owner.pk).exists():
            raise serializers.ValidationError({"owner": ["You cannot give customers to this person."]})
        if owner == self.user and not self.user.has_role(Role.SALESPERSON):
            raise serializers.ValidationError({"owner": ["Say which salesperson will own it."]})
        return actions.add_customer(**data, owner=owner, acting_user=self.user, at=timezone.now()).pk

    def change(self, row: Customer, data: dict[str, Any]) -> None:
        may_change(self.user, row)
        if "owner" in data and data["owner"] != row.owner:
            raise serializers.ValidationError(
                {"owner": ["Customers are handed over in the application, with a reason."]}
            )
        data.pop("owner", None)
        self.check_match(row)
        seen = queries.seen_of_customer(row)
        try:
            actions.change_customer(row, **data, seen=seen, acting_user=self.user, at=timezone.now())
        except ChangedMeanwhile as first:
            raise PreconditionFailed from first

    def etag_of(self, row: Customer) -> str:
        return etag(json.dumps(queries.seen_of_customer(row), default=str))


class ContactSerializer(serializers.ModelSerializer[Contact]):
    customer = SeenCustomer(queryset=Customer.objects.none())

    class Meta:
        model = Contact
        fields = ["id", "customer", "name", "title", "email", "phone", "language", "how_met", "made_at"]
        read_only_fields = ["made_at"]

    def validate_phone(self, value: str) -> str:
        if value and (refused := phone_refusal(value)):
            raise serializers.ValidationError(refused)
        return value


class ContactFilter(filters.FilterSet):  # type: ignore[misc]
    customer = filters.NumberFilter(field_name="customer_id")
    email = filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Contact
        fields = ["customer", "email"]


class ContactResource(Resource):
    """People at customers the token's holder sees."""

    scope = "customers"
    serializer_class = ContactSerializer
    filterset_class = ContactFilter
    queryset = Contact.objects.none()

    def get_queryset(self) -> QuerySet[Contact]:
        return queries.people_of(self.user).select_related("customer__owner__team").prefetch_related(None)

    def add(self, data: dict[str, Any]) -> int:
        customer = data.pop("customer")
        may_change(self.user, customer)
        return actions.add_contact(customer, **data, acting_user=self.user, at=timezone.now()).pk

    def change(self, row: Contact, data: dict[str, Any]) -> None:
        may_change(self.user, row.customer)
        if data.pop("customer", row.customer) != row.customer:
            raise serializers.ValidationError({"customer": ["A person stays with the customer."]})
        self.check_match(row)
        if refused := actions.silent_exit(row, data.get("email", row.email)):
            raise serializers.ValidationError({"email": [refused]})
        seen = queries.seen_of_contact(row)
        try:
            actions.change_contact(row, **data, seen=seen, acting_user=self.user, at=timezone.now())
        except ChangedMeanwhile as first:
            raise PreconditionFailed from first

    def etag_of(self, row: Contact) -> str:
        return etag(json.dumps(queries.seen_of_contact(row), default=str))


class PromiseSerializer(serializers.ModelSerializer[Promise]):
    customer = SeenCustomer(queryset=Customer.objects.none())

    class Meta:
        model = Promise
        fields = ["id", "customer", "text", "due_on", "state", "outcome", "made_by", "made_at", "settled_at"]
        read_only_fields = ["made_by", "made_at", "settled_at"]


class PromiseFilter(filters.FilterSet):  # type: ignore[misc]
    customer = filters.NumberFilter(field_name="customer_id")
    due_before = filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = Promise
        fields = ["customer", "state", "due_before"]


class PromiseResource(Resource):
    """Promises to customers the token's holder sees; setting ``state`` keeps, breaks or reopens one."""

    scope = "dealings"
    serializer_class = PromiseSerializer
    filterset_class = PromiseFilter
    queryset = Promise.objects.none()

    def get_queryset(self) -> QuerySet[Promise]:
        return Promise.objects.visible_to(self.user).select_related("customer__owner__team")

    def add(self, data: dict[str, Any]) -> int:
        customer = data.pop("customer")
        may_change(self.user, customer)
        if data.pop("state", Promise.State.OPEN) != Promise.State.OPEN or data.pop("outcome", ""):
            raise serializers.ValidationError({"state": ["A new promise is open."]})
        return actions.add_promise(customer, **data, acting_user=self.user, at=timezone.now()).pk

    def change(self, row: Promise, data: dict[str, Any]) -> None:
        may_change(self.user, row.customer)
        if data.pop("customer", row.customer) != row.customer:
            raise serializers.ValidationError({"customer": ["A promise stays with the customer."]})
        at, by = timezone.now(), self.user
        state, outcome = data.pop("state", row.state), data.pop("outcome", row.outcome)
        if data:
            words = {"text": row.text, "due_on": row.due_on, **data}
            actions.change_promise(row, **words, acting_user=by, at=at)
        if state == Promise.State.OPEN:
            if row.state != Promise.State.OPEN:
                actions.reopen_promise(row, acting_user=by, at=at)
            return
        settle = actions.keep_promise if state == Promise.State.KEPT else actions.break_promise
        if not settle(row, acting_user=by, at=at, outcome=outcome):
            raise serializers.ValidationError({"state": ["It is settled otherwise. Open it again first."]})


class InteractionSerializer(serializers.ModelSerializer[Interaction]):
    customer = SeenCustomer(queryset=Customer.objects.none())
    contact = SeenContact(queryset=Contact.objects.none(), required=False, allow_null=True)

    class Meta:
        model = Interaction
        fields = ["id", "customer", "contact", "kind", "on", "note", "by", "made_at"]
        read_only_fields = ["by", "made_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        customer = attrs.get("customer") or (self.instance.customer if self.instance else None)
        contact = attrs.get("contact")
        if contact and contact.customer != customer:
            raise serializers.ValidationError({"contact": ["This person is not at the customer."]})
        return attrs


class InteractionFilter(filters.FilterSet):  # type: ignore[misc]
    customer = filters.NumberFilter(field_name="customer_id")
    since = filters.DateFilter(field_name="on", lookup_expr="gte")

    class Meta:
        model = Interaction
        fields = ["customer", "kind", "since"]


class InteractionResource(Resource):
    """Visits, calls and mails with customers the token's holder sees; one's own can be corrected."""

    scope = "dealings"
    serializer_class = InteractionSerializer
    filterset_class = InteractionFilter
    queryset = Interaction.objects.none()

    def get_queryset(self) -> QuerySet[Interaction]:
        seen = Customer.objects.visible_to(self.user).order_by()
        return Interaction.objects.present().filter(customer__in=seen).select_related("customer__owner__team")

    def add(self, data: dict[str, Any]) -> int:
        customer = data.pop("customer")
        may_change(self.user, customer)
        data.setdefault("kind", Interaction.Kind.OTHER)
        return actions.log_interaction(customer, **data, acting_user=self.user, at=timezone.now()).pk

    def change(self, row: Interaction, data: dict[str, Any]) -> None:
        if row.by_id != self.user.pk:
            raise PermissionDenied
        if data.pop("customer", row.customer) != row.customer:
            raise serializers.ValidationError({"customer": ["A line stays with the customer."]})
        now = {name: getattr(row, name) for name in ("kind", "on", "note", "contact")}
        actions.change_interaction(row, **{**now, **data}, acting_user=self.user, at=timezone.now())
