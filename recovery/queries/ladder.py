"""Who stands on which rung at a moment, and how long an alert waits there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from recovery import rules
from recovery.models import Absence, LadderStep, Level, Milestone, Shift

# The managers above some teams, nearest first.
LINES = """
WITH RECURSIVE line AS (
    SELECT id AS team_id, parent_id, manager_id, 0 AS distance FROM accounts_team WHERE id = ANY(%(teams)s)
    UNION
    SELECT line.team_id, team.parent_id, team.manager_id, line.distance + 1
    FROM accounts_team team JOIN line ON team.id = line.parent_id
    WHERE line.distance < 20
)
SELECT line.team_id, line.manager_id FROM line JOIN accounts_user manager ON manager.id = line.manager_id
WHERE manager.is_active ORDER BY line.team_id, line.distance
"""


@dataclass(frozen=True)
class Waiting:
    """An alert whose next rung is to be told."""

    alert_id: int
    case_id: int
    level: str | None
    threshold: str
    kind: str
    customer: str
    agent_id: int
    owner_id: int | None
    team_id: int | None
    at: datetime

    @property
    def what(self) -> str:
        """“Fix is overdue”."""
        return f"{Milestone.Kind(self.kind).label.capitalize()} {rules.THRESHOLD_WORDS[self.threshold]}"

    @property
    def path(self) -> str:
        return reverse("alert", args=[self.alert_id])

    @property
    def words(self) -> str:
        """“OOPS! at Aldous & Daughter: fix is overdue.”"""
        return f"OOPS! at {self.customer}: {self.what[0].lower()}{self.what[1:]}."


def waits() -> dict[str, int]:
    """Minutes an alert waits on each rung."""
    return {**rules.WAIT_MINUTES, **dict(LadderStep.objects.values_list("level", "wait_minutes"))}


def duty_at(at: datetime) -> rules.Duty:
    """Who is on duty, who is away and who stands in, at a moment. Four queries."""
    on_duty: dict[str, set[int]] = {}
    for level, user_id in Shift.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list("level", "user_id"):
        on_duty.setdefault(level, set()).add(user_id)
    stand_ins: dict[int, set[int]] = {}
    for user_id, stand_in in Absence.objects.filter(starts_at__lte=at, ends_at__gt=at).values_list(
        "user_id", "stand_in_id"
    ):
        stand_ins.setdefault(user_id, set()).update({stand_in} if stand_in else ())
    active = set(User.objects.active().values_list("pk", flat=True))
    last = User.objects.active().filter(Q(roles__contains=[Role.EXECUTIVE]) | Q(roles__contains=[Role.ADMINISTRATOR]))
    return rules.Duty(active=active, on_duty=on_duty, stand_ins=stand_ins, last=set(last.values_list("pk", flat=True)))


def lines_of(waiting: Iterable[Waiting]) -> dict[int, Mapping[str, list[int]]]:
    """Who stands on each rung of an alert by role: the agent, the managers above the customer's owner, the executives.

    The nearest manager is the team lead, those above are the managers. Two queries.
    """
    waiting = list(waiting)
    executives = list(User.objects.holding(Role.EXECUTIVE).values_list("pk", flat=True))
    chains: dict[int, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(LINES, {"teams": sorted({one.team_id for one in waiting if one.team_id})})
        for team_id, manager_id in cursor.fetchall():
            chains.setdefault(team_id, []).append(manager_id)
    return {one.alert_id: _line(one, chains.get(one.team_id or 0, []), executives) for one in waiting}


def _line(one: Waiting, chain: list[int], executives: list[int]) -> dict[str, list[int]]:
    above = [pk for pk in dict.fromkeys(chain) if pk != one.owner_id]
    return {
        Level.AGENT: [one.agent_id],
        Level.TEAM_LEAD: above[:1],
        Level.MANAGER: above[1:],
        Level.EXECUTIVE: executives,
    }
