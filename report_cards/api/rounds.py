"""Rounds to list and read, and how far one has come. Names and addresses stay inside."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from report_cards import rules
from report_cards.models import Round
from report_cards.queries import progress

COUNTS = (
    "drawn", "held", "waiting", "sending", "sent", "bounced", "doubtful", "excluded", "opened", "answered", "declined",
    "reminded",
)  # fmt: skip


class RoundSerializer(serializers.ModelSerializer[Round]):
    class Meta:
        model = Round
        fields = ["id", "month", "card", "drawn_at", "closes_at", "closed_at"]
        read_only_fields = fields


class CountsSerializer(serializers.Serializer[Any]):
    """How many invitations are in which state; ``coverage`` is the share of those asked of those who could be."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        counts = {name: serializers.IntegerField(min_value=0) for name in COUNTS}
        return {**super().get_fields(), **counts, "coverage": serializers.FloatField(allow_null=True)}


class TeamCountsSerializer(CountsSerializer):
    """One team's part, by the team of the person rated."""

    team = serializers.CharField()


class ProgressSerializer(serializers.Serializer[Any]):
    """A round's progress: all together, and the teams the holder follows."""

    is_moving = serializers.BooleanField(help_text="Whether mail goes out now.")
    total = CountsSerializer()
    teams = TeamCountsSerializer(many=True)


class RoundFilter(filters.FilterSet):  # type: ignore[misc]
    is_open = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull", label="Takes answers.")

    class Meta:
        model = Round
        fields: ClassVar[list[str]] = ["month", "is_open"]


class RoundResource(Resource):
    """Rounds, for those who follow them."""

    scope = "rounds"
    http_method_names = ("get", "head", "options")
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        return Round.objects.all()

    def check_permissions(self, request: Request) -> None:
        """The token's scope, and a role that follows rounds."""
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            raise exceptions.MethodNotAllowed(str(request.method))
        super().check_permissions(request)
        if not rules.may_watch_rounds(self.user.roles):
            raise PermissionDenied

    @extend_schema(responses=ProgressSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def progress(self, request: Request, pk: int) -> Response:
        """How far one round has come, all together and by team."""
        round_ = self.get_object()
        found = progress.progress_of(round_, self.user)
        told = {
            "is_moving": progress.is_moving(round_, at=timezone.now()),
            "total": {**found.total.counts, "coverage": found.total.coverage},
            "teams": [{**team.counts, "team": team.name, "coverage": team.coverage} for team in found.teams],
        }
        return Response(ProgressSerializer(told).data)
