"""Running clocks, and whether the ticking stopped."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.urls import reverse

from accounts.models import User
from firm.models import Heartbeat
from recovery import rules
from recovery.models import Milestone

# ``Milestone.objects.waiting`` of a person, the first of each case; written out, because every page asks it.
CLOCKS = """
SELECT DISTINCT ON (step.case_id) step.due_at, step.kind, step.case_id, running.severity, customer.name
FROM recovery_milestone step
JOIN recovery_case running ON running.id = step.case_id AND running.state = 'open'
JOIN customers_customer customer ON customer.id = running.customer_id AND customer.removed_at IS NULL
WHERE step.done_at IS NULL AND step.kind = ANY(%(promised)s)
  AND (running.agent_id = %(user)s OR customer.owner_id = %(user)s)
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

    @property
    def url(self) -> str:
        return reverse("case", args=[self.case_id])


def clocks(user: User, at: datetime) -> list[Clock]:
    """Running cases of which the user is the agent or the customer's owner, most urgent first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"user": user.pk, "promised": list(rules.PROMISED)})
        return [_clock(*row, at=at) for row in sorted(cursor.fetchall())]


def _clock(due_at: datetime, kind: str, case_id: int, severity: str, customer: str, *, at: datetime) -> Clock:
    """How a milestone's time stands at a moment."""
    return Clock(
        case_id=case_id,
        customer=customer,
        severity=severity,
        next=Milestone.Kind(kind).label.lower(),
        due_at=due_at,
        face=rules.clock_face(due_at, at),
        lateness=rules.lateness(due_at, at),
        is_late=due_at < at,
    )


def ticking_stopped(at: datetime) -> bool:
    """Whether the beat was silent for more than three minutes."""
    return rules.is_stale(Heartbeat.objects.filter(name="beat").values_list("at", flat=True).first(), at)
