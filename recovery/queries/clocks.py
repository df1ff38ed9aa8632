"""Running clocks, and whether the ticking stopped."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.urls import reverse

from accounts.models import User
from firm.models import Heartbeat
from recovery import rules
from recovery.models import Milestone

# ``Milestone.objects.waiting`` of a person, the first of each case, and the alert they were told of that nobody has
# taken; written out, because every page asks it. Each way to a case has its index.
CLOCKS = """
WITH heard AS MATERIALIZED (
    SELECT alert.case_id, alert.id FROM recovery_alert alert
    JOIN recovery_alertnotice notice ON notice.alert_id = alert.id AND notice.user_id = %(user)s
    WHERE alert.ended_at IS NULL
),
mine AS MATERIALIZED (
    SELECT id FROM recovery_case WHERE state = 'open' AND agent_id = %(user)s
    UNION
    SELECT owned.id FROM customers_customer customer JOIN recovery_case owned ON owned.customer_id = customer.id
    WHERE customer.owner_id = %(user)s AND owned.state = 'open'
    UNION
    SELECT case_id FROM heard
)
SELECT DISTINCT ON (step.case_id) step.due_at, step.kind, step.case_id, running.severity, customer.name, heard.id
FROM mine
JOIN recovery_case running ON running.id = mine.id AND running.state = 'open'
JOIN recovery_milestone step ON step.case_id = mine.id AND step.done_at IS NULL AND step.kind = ANY(%(promised)s)
JOIN customers_customer customer ON customer.id = running.customer_id AND customer.removed_at IS NULL
LEFT JOIN heard ON heard.case_id = mine.id
ORDER BY step.case_id, step.due_at, step.id
"""


@dataclass(frozen=True)
class Clock:
    """A running case and what falls due in it next."""

    case_id: int
    customer: str
    severity: str
    next: str
    due_at: datetime
    face: str
    lateness: str
    is_late: bool
    alert_id: int | None = None

    @property
    def url(self) -> str:
        """The alert, which whoever was told may see, else the case."""
        return reverse("alert", args=[self.alert_id]) if self.alert_id else reverse("case", args=[self.case_id])


def clocks(user: User, at: datetime) -> list[Clock]:
    """Running cases of the agent or the customer's owner, and those they were alerted to; most urgent first. One query.

    Cases that wait for the user's answer come before all others.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"user": user.pk, "promised": list(rules.PROMISED)})
        return [_clock(row, at) for row in sorted(cursor.fetchall(), key=_urgency)]


def _urgency(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return row[5] is None, row[:5]


def _clock(row: tuple[Any, ...], at: datetime) -> Clock:
    """How a milestone's time stands at a moment."""
    due_at, kind, case_id, severity, customer, alert_id = row
    return Clock(
        case_id=case_id,
        customer=customer,
        severity=severity,
        next=Milestone.Kind(kind).label.lower(),
        due_at=due_at,
        face=rules.clock_face(due_at, at),
        lateness=rules.lateness(due_at, at),
        is_late=due_at < at,
        alert_id=alert_id,
    )


def ticking_stopped(at: datetime) -> bool:
    """Whether no tick was finished for more than three minutes, whichever of beat and workers is dead."""
    return rules.is_stale(Heartbeat.objects.filter(name=Heartbeat.TICK).values_list("at", flat=True).first(), at)
