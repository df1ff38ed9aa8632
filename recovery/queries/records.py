"""How gestures went: learned from what came of the secrets used and from how likely the customers are to stay."""

from django.db import connection

from recovery import rules

# What is learned from: the last cases with a gesture. What worked lately counts, and the page stays quick.
LAST = 2000

# A use's noted result decides; where nobody noted one, the last answer after the case against the one before.
RECORDS = """
WITH done AS (
    SELECT id, gesture_id, surprise_secret_id, likely_before FROM recovery_case
    WHERE gesture_id IS NOT NULL ORDER BY id DESC LIMIT %(last)s
), judged AS (
    SELECT done.gesture_id, coalesce(category.key, '') AS category,
        CASE
            WHEN use.result IN ('delighted', 'pleased') THEN 1
            WHEN use.result IN ('no_matter', 'backfired') THEN 0
            WHEN after.likely >= coalesce(done.likely_before, 9) THEN 1
            WHEN after.likely < coalesce(done.likely_before, 7) THEN 0
        END AS worked
    FROM done
    LEFT JOIN secrets_manual_secret secret ON secret.id = done.surprise_secret_id
    LEFT JOIN secrets_manual_category category ON category.id = secret.category_id
    LEFT JOIN LATERAL (
        SELECT result FROM secrets_manual_secretuse
        WHERE secret_id = secret.id AND reference = 'case:' || done.id ORDER BY id DESC LIMIT 1
    ) use ON true
    LEFT JOIN LATERAL (
        SELECT likely FROM recovery_followup
        WHERE case_id = done.id AND likely IS NOT NULL ORDER BY answered_at DESC, id DESC LIMIT 1
    ) after ON true
)
SELECT gesture_id, category, count(*), count(worked), coalesce(sum(worked), 0)
FROM judged GROUP BY gesture_id, category
"""


def records() -> dict[tuple[int, str], tuple[int, rules.Record]]:
    """By gesture and category of the secret (empty: none): how often it was made, and how it went. One query."""
    with connection.cursor() as cursor:
        cursor.execute(RECORDS, {"last": LAST})
        return {
            (gesture, category): (made, rules.Record(int(worked), known))
            for gesture, category, made, known, worked in cursor.fetchall()
        }
