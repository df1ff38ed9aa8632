"""How far a round has come, and whom it leaves out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import Role, User
from report_cards.models import Exclusion, Invitation, Response, Round

STATES = (Invitation.State.HELD, Invitation.State.EXCLUDED, Invitation.State.DOUBTFUL, Invitation.State.BOUNCED)
SOON = timedelta(minutes=1)


def round_progress(round_: Round) -> dict[str, int]:
    """Counts of a round's invitations by state, and of answers and reminders. One query."""
    return round_.invitations.aggregate(**_counts())


def _counts() -> dict[str, Count]:
    states = {state.value: Count("id", filter=Q(state=state)) for state in Invitation.State}
    answered = Exists(Response.objects.filter(invitation=OuterRef("pk")))
    return {
        "drawn": Count("id", filter=~Q(state=Invitation.State.EXCLUDED)),
        "opened": Count("id", filter=Q(opened_at__isnull=False)),
        "answered": Count("id", filter=Q(answered)),
        "declined": Count("id", filter=Q(declined_at__isnull=False)),
        "reminded": Count("id", filter=Q(reminded_at__isnull=False)),
        "out_by_someone": Count("id", filter=Q(state=Invitation.State.EXCLUDED, exclusion__isnull=False)),
        **states,
    }


@dataclass(frozen=True)
class TeamProgress:
    """One team's part of a round; counts as ``round_progress``."""

    name: str
    counts: Mapping[str, int]

    @property
    def coverage(self) -> float | None:
        return coverage(self.counts)


def coverage(counts: Mapping[str, int]) -> float | None:
    """Drawn and not held, of those who could have been asked; None of nobody."""
    could = counts["drawn"] + counts["out_by_someone"]
    return (counts["drawn"] - counts["held"]) / could if could else None


def teams_progress(round_: Round, user: User) -> list[TeamProgress]:
    """By team of the rated person: a manager's teams, everybody's for the others who follow rounds. One query."""
    rows = round_.invitations.all()
    if not user.has_role(Role.EXECUTIVE, Role.COMPENSATION, Role.ADMINISTRATOR):
        rows = rows.filter(salesperson__team__in=user.led_team_ids)
    grouped = rows.values(team=F("salesperson__team__name")).annotate(**_counts())
    teams = cast("Iterable[dict[str, Any]]", grouped)
    named = [TeamProgress(counts["team"] or "No team", counts) for counts in teams]
    return sorted(named, key=lambda team: team.name)


def is_moving(round_: Round, *, at: datetime) -> bool:
    """Whether mail goes out now, so that a page had better look again. One query."""
    if not round_.takes_answers(at):
        return False
    due = Q(state=Invitation.State.WAITING, due_at__lte=at + SOON)
    return round_.invitations.filter(due | Q(state=Invitation.State.SENDING)).exists()


def left_out(round_: Round, user: User) -> QuerySet[Invitation]:
    """Who was not plainly asked, and why: executives see everybody, managers their people."""
    rows = round_.invitations.filter(state__in=STATES).select_related("salesperson", "customer", "decided_by")
    if not user.has_role(Role.EXECUTIVE):
        rows = rows.filter(salesperson__team__in=user.led_team_ids).exclude(salesperson=user)
    return rows.select_related("exclusion__decided_by").order_by("state", "salesperson__name", "id")


def narrowed_left_out(rows: QuerySet[Invitation], wanted: Mapping[str, str]) -> QuerySet[Invitation]:
    """As a list's filters say: ``state``, ``kind`` of exclusion, and words of a name."""
    if wanted["state"] in STATES:
        rows = rows.filter(state=wanted["state"])
    if wanted["kind"] in Exclusion.Kind.values:
        rows = rows.filter(exclusion__kind=wanted["kind"])
    if text := wanted["q"]:
        rows = rows.filter(Q(customer__name__icontains=text) | Q(salesperson__name__icontains=text))
    return rows


def reasons(rows: QuerySet[Invitation]) -> list[tuple[str, str, int]]:
    """State, why and how many, the most first; what people said is summed up by its kind. One query."""
    kinds = dict(Exclusion.Kind.choices)
    counted = rows.order_by().values("state", "reason", kind=F("exclusion__kind")).annotate(n=Count("id"))
    found: dict[tuple[str, str], int] = {}
    for row in counted:
        why = str(kinds[row["kind"]]) if row["kind"] else row["reason"]
        found[row["state"], why] = found.get((row["state"], why), 0) + row["n"]
    return sorted(((state, why, n) for (state, why), n in found.items()), key=lambda line: -line[2])
