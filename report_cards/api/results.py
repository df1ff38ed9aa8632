"""Results of closed rounds: one's own, one's people's, a team's together, the firm's. What a page withholds is null."""

from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from accounts.models import Role
from report_cards import actions, queries, rules
from report_cards.models import Behaviour, BehaviourTally, Round
from report_cards.queries.tables import STATUSES, table_of
from report_cards.queries.tallies import TOO_FEW
from report_cards.rules.statistics import WHOLE, result_of

WORDS = (*rules.WORDS, rules.CANT_JUDGE)
SHARES = ("share", "low", "high")


class NumbersSerializer(serializers.Serializer[Any]):
    """What a results page says of one behaviour. Null where it would tell what a single customer said."""

    behaviour = serializers.CharField()
    target = serializers.FloatField()
    asked = serializers.IntegerField()
    status = serializers.ChoiceField(choices=[(word, word) for word in STATUSES.values()])

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        counts = {name: serializers.IntegerField(allow_null=True) for name in ("customers", *WORDS)}
        shares = {name: serializers.FloatField(allow_null=True) for name in SHARES}
        return {**super().get_fields(), **counts, **shares}


class TeamResultSerializer(NumbersSerializer):
    """One behaviour of a manager's people together over three months; ``name`` is what the card calls it."""

    name = serializers.CharField()
    month = serializers.DateField()
    shown_through = serializers.DateField(allow_null=True, help_text="The month up to which the numbers reach.")


class ResultSerializer(NumbersSerializer):
    """One behaviour of a salesperson, or of the firm (salesperson null), over the three months to ``month``."""

    id = serializers.IntegerField()
    month = serializers.DateField()
    salesperson = serializers.IntegerField(allow_null=True)
    shown_through = serializers.DateField(
        allow_null=True, help_text="The month whose row holds the numbers that this month's page shows."
    )

    def to_representation(self, instance: BehaviourTally) -> dict[str, Any]:
        target = Fraction(instance.target)  # type: ignore[attr-defined]
        shows = instance.customers >= rules.FEWEST_CUSTOMERS and instance.shown_through == instance.month
        total = Fraction(int(instance.parts), WHOLE)
        result = result_of(total, instance.customers, target=target) if shows else TOO_FEW
        shown = {name: getattr(instance, name) if shows else None for name in ("customers", *WORDS)}
        shares = {name: getattr(result, name) for name in SHARES}
        return {
            "id": instance.pk,
            "month": f"{instance.month:%Y-%m-%d}",
            "salesperson": instance.salesperson_id,
            "behaviour": instance.behaviour_key,
            "target": float(target),
            "asked": instance.asked,
            **shown,
            **{name: None if share is None else round(float(share), 6) for name, share in shares.items()},
            "status": STATUSES[result.status],
            "shown_through": f"{instance.shown_through:%Y-%m-%d}" if instance.shown_through else None,
        }


class ResultFilter(filters.FilterSet):  # type: ignore[misc]
    behaviour = filters.CharFilter(field_name="behaviour_key")
    salesperson = filters.NumberFilter(field_name="salesperson_id")
    is_firm = filters.BooleanFilter(field_name="salesperson", lookup_expr="isnull", label="The whole firm's.")

    class Meta:
        model = BehaviourTally
        fields: ClassVar[list[str]] = ["month", "behaviour", "salesperson", "is_firm"]


class ResultResource(Resource):
    """Results the holder sees: a salesperson's own, a manager's people's, the firm's for executives."""

    scope = "results"
    http_method_names = ("get", "head", "options")
    serializer_class = ResultSerializer
    filterset_class = ResultFilter
    queryset = BehaviourTally.objects.none()

    def get_queryset(self) -> QuerySet[BehaviourTally]:
        actions.tally_missing(at=timezone.now())
        asked = Behaviour.objects.filter(card__rounds__month=OuterRef("month"), key=OuterRef("behaviour_key"))
        rows = BehaviourTally.objects.annotate(target=Subquery(asked.values("target")[:1]))
        return rows.filter(self._seen(), target__isnull=False)

    def _seen(self) -> Q:
        user, seen = self.user, Q(pk=None)
        if user.has_role(Role.SALESPERSON):
            seen |= Q(salesperson=user)
        if user.has_role(Role.MANAGER):
            seen |= Q(salesperson__in=queries.led_by(user).values("pk"))
        if user.has_role(Role.EXECUTIVE):
            seen |= Q(salesperson=None)
        return seen

    def check_permissions(self, request: Request) -> None:
        """The token's scope, and a role that has results to read."""
        super().check_permissions(request)
        if not self.user.has_role(Role.SALESPERSON, Role.MANAGER, Role.EXECUTIVE):
            raise PermissionDenied

    @extend_schema(
        responses=TeamResultSerializer(many=True),
        filters=False,
        parameters=[OpenApiParameter("month", date, description="Any day of a closed month; else the newest.")],
    )
    @action(detail=False, pagination_class=None)
    def team(self, request: Request) -> Response:
        """A manager's people together, each customer one voice, as on their page."""
        if not self.user.has_role(Role.MANAGER):
            raise PermissionDenied
        actions.tally_missing(at=timezone.now())
        results = queries.results_of(_round(request), [person.pk for person in queries.led_by(self.user)])
        told = [
            {
                **numbers,
                "behaviour": row.behaviour.key,
                "name": row.behaviour.name,
                "month": results.round.month,
                "shown_through": row.through if row.is_shown else None,
            }
            for row, numbers in zip(results.rows, table_of("team", results), strict=True)
        ]
        return Response(TeamResultSerializer(told, many=True).data)


def _round(request: Request) -> Round:
    rounds = Round.objects.closed().select_related("card")
    if wanted := request.query_params.get("month", ""):
        try:
            rounds = rounds.filter(month=date.fromisoformat(wanted).replace(day=1))
        except ValueError as error:
            raise exceptions.ValidationError({"month": ["A day as 2026-10-01."]}) from error
    if found := rounds.first():
        return found
    raise Http404
