"""Cases for other systems, under /api/v1/: opened from a ticket, read, acknowledged, noted. No secret is in it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from customers.api import SeenCustomer
from customers.models import Customer
from recovery import actions, queries, rules
from recovery.forms import OLDEST_REPORT
from recovery.models import Case


class TicketTaken(exceptions.APIException):
    """The ticket has a case already."""

    status_code = 409

    def __init__(self, case_id: int) -> None:
        super().__init__(f"Case {case_id} was opened for this ticket before.")


class MilestoneSerializer(serializers.Serializer[Any]):
    """One step of the promise."""

    kind = serializers.CharField()
    due_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case; the surprise, the letter and the secrets stay inside."""

    customer = SeenCustomer(queryset=Customer.objects.none())
    what_happened = serializers.CharField(max_length=500)
    source_url = serializers.URLField(max_length=500, required=False, allow_blank=True)
    reported_at = serializers.DateTimeField(required=False, help_text="The clock runs from here; just now when absent.")
    milestones = MilestoneSerializer(many=True, read_only=True)

    class Meta:
        model = Case
        fields = [
            "id", "customer", "what_happened", "severity", "root_cause", "source", "reference", "source_url",
            "reported_at", "opened_at", "agent", "state", "closed_at", "milestones",
        ]  # fmt: skip
        read_only_fields = ["opened_at", "agent", "state", "closed_at"]
        # The database keeps tickets apart; the answer says which case has one.
        validators: ClassVar[list[Any]] = []

    def validate_reported_at(self, value: Any) -> Any:
        now = timezone.now()
        if not now - OLDEST_REPORT <= value <= now + timedelta(minutes=1):
            raise serializers.ValidationError("A report lies in the past, at most 30 days ago.")
        return min(value, now)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("source")) != bool(attrs.get("reference")):
            lacking = "reference" if attrs.get("source") else "source"
            raise serializers.ValidationError({lacking: ["A system and its ticket number go together."]})
        return attrs


class NoteSerializer(serializers.Serializer[Any]):
    """A line for the timeline."""

    note = serializers.CharField(max_length=300)


class CaseFilter(filters.FilterSet):  # type: ignore[misc]
    customer = filters.NumberFilter(field_name="customer_id")

    class Meta:
        model = Case
        fields: ClassVar[list[str]] = ["customer", "state", "severity", "root_cause", "source", "reference"]


class CaseResource(Resource):
    """Cases the token's holder sees."""

    scope = "cases"
    post_refusals: ClassVar[dict[str, str]] = {"409": "The ticket has a case already."}
    http_method_names = ("get", "post", "head", "options")
    serializer_class = CaseSerializer
    filterset_class = CaseFilter
    queryset = Case.objects.none()

    def get_queryset(self) -> QuerySet[Case]:
        return Case.objects.visible_to(self.user).select_related("customer__owner__team").prefetch_related("milestones")

    def add(self, data: dict[str, Any]) -> int:
        if not rules.may_open(self.user.roles):
            raise PermissionDenied
        given = {"severity": Case.Severity.MEDIUM, "root_cause": Case.RootCause.OTHER, **data}
        try:
            with transaction.atomic():
                agent = queries.next_agent(self.user)
                return actions.open_case(**given, agent=agent, acting_user=self.user, at=timezone.now()).pk
        except IntegrityError as error:
            ticket = {"source": data.get("source", ""), "reference": data.get("reference", "")}
            before = Case.objects.filter(**ticket).exclude(source="").first()
            if before is None:
                raise
            raise TicketTaken(before.pk) from error

    @extend_schema(request=None, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: int) -> Response:
        """The customer knows that we know. Said again, it stays as it was."""
        case = self._tickable()

        def write() -> None:
            if case.milestones.filter(kind="acknowledge", done_at=None).exists():
                actions.acknowledge_case(case, acting_user=self.user, at=timezone.now())

        return self.done_once(write)

    @extend_schema(request=NoteSerializer, responses={200: CaseSerializer})
    @action(detail=True, methods=["post"])
    def note(self, request: Request, pk: int) -> Response:
        """A line in the timeline."""
        case = self._tickable()
        serializer = NoteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        words = serializer.validated_data["note"]
        return self.done_once(lambda: actions.note_case(case, note=words, acting_user=self.user, at=timezone.now()))

    def _tickable(self) -> Case:
        case: Case = self.get_object()
        owner_id = case.customer.owner_id
        if not rules.may_tick(roles=self.user.roles, user_id=self.user.pk, agent_id=case.agent_id, owner_id=owner_id):
            raise PermissionDenied
        return case
