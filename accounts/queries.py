"""Who stands in whose line."""

from django.db import connection
from django.db.models import Count, Q, QuerySet

from accounts.models import Role, Team, User, UserQuerySet

ABOVE = """
WITH RECURSIVE line AS (
    SELECT id, parent_id, manager_id, 0 AS distance FROM accounts_team WHERE id = %s
    UNION
    SELECT team.id, team.parent_id, team.manager_id, line.distance + 1
    FROM accounts_team team JOIN line ON team.id = line.parent_id
)
SELECT line.manager_id FROM line JOIN accounts_user ON accounts_user.id = line.manager_id
WHERE accounts_user.is_active ORDER BY distance
"""


def managers_above(user: User) -> list[int]:
    """Ids of the active managers in a user's line, nearest first, without the user."""
    if user.team_id is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [user.team_id])
        return [row[0] for row in cursor.fetchall() if row[0] != user.pk]


def people_list(*, text: str = "", role: str = "", team: str = "", gone: bool = False, sort: str = "") -> UserQuerySet:
    """People for the administrator's list, with their teams."""
    found = User.objects.get_queryset().filter(is_active=not gone).select_related("team")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if role in Role.values:
        found = found.filter(roles__contains=[role])
    if team.isdecimal():
        found = found.filter(team_id=int(team[:9]))
    return found.order_by({"email": "email", "team": "team__name"}.get(sort, "name"), "id")


def teams_with_sizes() -> QuerySet[Team]:
    """Every team with its manager, its parent and how many active people are in it."""
    active = Count("members", filter=Q(members__is_active=True))
    return Team.objects.select_related("manager", "parent").annotate(size=active).order_by("name")
