"""Statements for other systems: the kept ones the holder sees, the file of one, and the check of any file."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from accounts.models import ApiToken, Scope
from compensation import queries, rules
from compensation.models import Statement
from compensation.queries.trace import trace_of
from compensation.rules.files import Check, Difference, read_file


class StatementSerializer(serializers.ModelSerializer[Statement]):
    """A kept statement; ``run`` is null for one kept by hand."""

    salesperson = serializers.IntegerField(source="member.salesperson_id", read_only=True)
    plan = serializers.IntegerField(source="member.plan_id", read_only=True)
    plan_year = serializers.IntegerField(source="year.number", read_only=True)
    total = serializers.CharField(source="result.total", read_only=True, help_text="A decimal, to the currency's cent.")
    currency = serializers.CharField(source="inputs.currency", read_only=True)

    class Meta:
        model = Statement
        fields = (
            *("id", "kind", "salesperson", "plan", "plan_year", "as_of", "run", "total", "currency"),
            *("inputs_hash", "kept_at"),
        )
        read_only_fields = fields


class FileSerializer(serializers.Serializer[Any]):
    """The file to re-check, as the page gives it."""

    inputs = serializers.JSONField()
    statement = serializers.JSONField()


class NodeSerializer(serializers.Serializer[Any]):
    """One number: ``value`` is an exact fraction, ``sources`` are places in the inputs, ``sales`` ids of sales."""

    formula = serializers.CharField()
    value = serializers.CharField()
    sources = serializers.ListField(child=serializers.CharField())
    sales = serializers.ListField(child=serializers.IntegerField())
    children = serializers.ListField(child=serializers.JSONField())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {"label": serializers.CharField(), **super().get_fields()}


class DifferenceSerializer(serializers.Serializer[Any]):
    """Where a stated statement differs: the path of the node in the trace."""

    path = serializers.ListField(child=serializers.CharField())
    stated = serializers.CharField()
    right = serializers.CharField()
    formula = serializers.CharField(allow_blank=True)


class CheckSerializer(serializers.Serializer[Any]):
    """A checked file; ``differences`` is null where it stated nothing."""

    name = serializers.CharField(allow_blank=True)
    is_verified = serializers.BooleanField()
    inputs_hash = serializers.CharField()
    statement = serializers.JSONField()
    differences = DifferenceSerializer(many=True, allow_null=True)


class StatementFilter(filters.FilterSet):  # type: ignore[misc]
    salesperson = filters.NumberFilter(field_name="member__salesperson_id")

    class Meta:
        model = Statement
        fields: ClassVar[list[str]] = ["kind", "as_of", "run", "salesperson"]


class ReadsStatements(BasePermission):
    """A check writes nothing, so reading suffices for its POST."""

    message = "The token lacks the scope statements:read."

    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, ApiToken) and Scope.STATEMENTS_READ in request.auth.scopes


class StatementResource(Resource):
    """Kept statements the holder sees: one's own, a manager's people's, everybody's for compensation and executives."""

    scope = "statements"
    http_method_names = ("get", "head", "options", "post")
    permission_classes = (ReadsStatements,)
    serializer_class = StatementSerializer
    filterset_class = StatementFilter
    queryset = Statement.objects.none()

    def get_queryset(self) -> QuerySet[Statement]:
        seen = Statement.objects.visible_to(self.user)
        return seen.select_related("member__plan", "member__salesperson", "year")

    @extend_schema(exclude=True)
    def create(self, request: Request) -> Response:
        raise exceptions.MethodNotAllowed(str(request.method))

    @extend_schema(responses=FileSerializer)
    @action(detail=True)
    def file(self, request: Request, pk: int) -> Response:
        """The inputs and the statement, to re-check anywhere. Withheld as the page withholds it."""
        kept = self.get_object()
        self._open(kept)
        return Response({"inputs": kept.inputs, "statement": kept.result})

    @extend_schema(responses=NodeSerializer)
    @action(detail=True)
    def trace(self, request: Request, pk: int) -> Response:
        """Every number with its formula, down to the places in the inputs and the sales. Withheld as the file is."""
        return Response(trace_of(self._open(self.get_object())))

    def _open(self, kept: Statement) -> queries.Estimate:
        """The statement computed again; forbidden where its counts are withheld from the holder."""
        estimate = queries.kept_estimate(kept)
        if estimate.withholds_from(self.user) and estimate.withheld:
            raise PermissionDenied("The file holds counts of under 5 customers.")
        return estimate

    @extend_schema(request=FileSerializer, responses=CheckSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], pagination_class=None)
    def check(self, request: Request) -> Response:
        """Compute a file again: inputs, inputs with their statement, or many under cases. Nothing is stored."""
        try:
            checks = read_file(request._request.body)
        except rules.Refused as refused:
            raise exceptions.ValidationError({"file": [str(refused)]}) from refused
        return Response([_checked(one) for one in checks])


def _checked(check: Check) -> dict[str, Any]:
    found = check.differences
    return {
        "name": check.name,
        "is_verified": check.is_verified,
        "inputs_hash": check.inputs_hash,
        "statement": check.result.as_statement(),
        "differences": None if found is None else [_difference(one) for one in found],
    }


def _difference(one: Difference) -> dict[str, Any]:
    return {"path": list(one.path), "stated": one.stated, "right": one.right, "formula": one.formula}
