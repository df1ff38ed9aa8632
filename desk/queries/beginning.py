"""What a new firm needs first, for the administrator who has just set it up."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from accounts.models import Role, Team, User
from customers.models import Customer
from report_cards.models import ReportCard

SENSITIVE = (Role.EXECUTIVE, Role.COMPENSATION, Role.PRIVACY_OFFICER)


@dataclass(frozen=True)
class Step:
    """One of the first steps: what to do, why, the name of the address where, and whether it is done."""

    name: str
    why: str
    url: str
    is_done: bool


def first_steps() -> list[Step]:
    """The first steps in order, until all are done; then none. Four queries."""
    steps = list(_steps())
    return [] if all(step.is_done for step in steps) else steps


def _steps() -> Iterator[Step]:
    holders = {role.value: Count("pk", filter=Q(roles__contains=[role])) for role in Role}
    held = User.objects.filter(is_active=True).aggregate(**holders)
    yield Step(
        "Invite a second administrator",
        "Executive, compensation and privacy officer are given by two of you.",
        "invite_person",
        held[Role.ADMINISTRATOR] > 1,
    )
    yield Step(
        "Bring in the salespeople",
        "As a file with their managers, or one by one under People. No mail is sent by an import.",
        "imports",
        held[Role.SALESPERSON] > 0,
    )
    yield Step(
        "Look at the teams",
        "Managers see the teams below theirs; salespeople their team’s customers.",
        "teams",
        Team.objects.exists(),
    )
    yield Step(
        "Bring in the customers and their sales",
        "Any CSV file. It is tried first, and can be undone as a whole.",
        "imports",
        Customer.objects.present().exists(),
    )
    yield Step(
        "Give somebody each role that takes two",
        "An executive signs report cards and plans, compensation pays by them, a privacy officer answers customers.",
        "people",
        all(held[role] for role in SENSITIVE),
    )
    yield Step(
        "See the first report card signed",
        "A manager makes it, an executive signs; the first round goes out in the month after its first month.",
        "report_cards",
        ReportCard.objects.signed().exists(),
    )
