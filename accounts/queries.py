"""Who stands in whose line."""

from django.db import connection

from accounts.models import User

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
