"""Whether the customer stayed: told from the orders, or said by a person."""

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from firm.queries import the_firm
from recovery import rules
from recovery.actions.failures import note_failure
from recovery.actions.holding import lock, note_event
from recovery.models import Case, CaseEvent, FailedRecovery

# So many are told in one transaction.
MANY = 2000
# docs/algorithms/recovery.md tells the rule. What a person said is left alone, and who has renewed has renewed.
NOTE_RENEWALS = """
WITH closed AS (
    SELECT c.id, c.customer_id, (c.closed_at AT TIME ZONE %(zone)s)::date AS closed_on,
        (c.reported_at AT TIME ZONE %(zone)s)::date AS reported_on
    FROM recovery_case c
    WHERE c.state = 'closed' AND c.renewed_by_id IS NULL AND c.renewed IS NOT TRUE
), told AS (
    SELECT closed.id, closed.closed_on,
        (SELECT min(s.ordered_on) FROM customers_sale s
            WHERE s.customer_id = closed.customer_id AND s.removed_at IS NULL AND s.amount > 0
            AND s.ordered_on > closed.closed_on AND s.ordered_on <= closed.closed_on + %(days)s) AS ordered_on,
        closed.closed_on + %(days)s < %(today)s AND EXISTS (SELECT FROM customers_sale s
            WHERE s.customer_id = closed.customer_id AND s.removed_at IS NULL AND s.amount > 0
            AND s.ordered_on BETWEEN closed.reported_on - %(days)s AND closed.reported_on) AS is_over
    FROM closed
), news AS (
    SELECT told.* FROM told JOIN recovery_case c ON c.id = told.id
    WHERE (told.ordered_on IS NOT NULL OR told.is_over) AND c.renewed IS DISTINCT FROM (told.ordered_on IS NOT NULL)
    LIMIT %(many)s
)
UPDATE recovery_case c
SET renewed = news.ordered_on IS NOT NULL,
    renewed_at = coalesce(news.ordered_on, news.closed_on + %(days)s + 1)::timestamp AT TIME ZONE %(zone)s
FROM news WHERE c.id = news.id
RETURNING c.id
"""


@transaction.atomic
def note_renewals(*, at: datetime) -> int:
    """Tell from the orders which customers stayed after a case and which did not; how many were news, 2,000 at most."""
    firm = the_firm()
    given: dict[str, Any] = {"zone": firm.zone, "days": rules.RENEWAL_DAYS, "today": firm.today(at), "many": MANY}
    with connection.cursor() as cursor:
        cursor.execute(NOTE_RENEWALS, given)
        ids = [pk for (pk,) in cursor.fetchall()]
    told = list(Case.objects.filter(pk__in=ids).select_related("customer__owner"))
    words = {True: "ordered again", False: f"no order for {rules.RENEWAL_DAYS} days"}
    CaseEvent.objects.bulk_create(
        CaseEvent(case=case, kind=CaseEvent.Kind.RENEWAL, at=at, note=words[bool(case.renewed)]) for case in told
    )
    for case in told:
        if case.renewed is False:
            note_failure(case, FailedRecovery.Why.NOT_RENEWED, at=at)
    return len(told)


@transaction.atomic
def say_renewed(case: Case, *, renewed: bool | None, acting_user: User, at: datetime) -> None:
    """A person says that the customer stayed, or left; None takes it back to what the orders tell."""
    case = lock(case, state=Case.State.CLOSED)
    case.renewed, case.renewed_at = renewed, None if renewed is None else at
    case.renewed_by = None if renewed is None else acting_user
    case.save(update_fields=["renewed", "renewed_at", "renewed_by"])
    words = {True: "stayed", False: "left", None: "not known"}
    note_event(case, CaseEvent.Kind.RENEWAL, acting_user, at, note=words[renewed])
    if renewed is False:
        note_failure(case, FailedRecovery.Why.NOT_RENEWED, at=at)
