"""Everything that happened with a customer, newest first, as its reader may see it: one UNION a page.

The SQL is written out: the ORM took longer to make it than the database to run it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from accounts.models import Role, User
from customers.models import Customer
from recovery.models import Case
from secrets_manual.models import Secret

SELLERS = (Role.SALESPERSON, Role.MANAGER)
PAGE = 40
# What the customer page shows of it.
LATEST = 12

# Kind and its name above the timeline, in the order of the filter.
KINDS: dict[str, str] = {
    "visit": "Visits",
    "call": "Calls",
    "mail": "Mails",
    "other": "Notes",
    "talk": "Conversations",
    "promised": "Promises made",
    "kept": "Promises kept",
    "broken": "Promises broken",
    "sale": "Sales",
    "learned": "Secrets found",
    "used": "Secrets used",
    "misfit": "Misfits",
    "case": "OOPS!",
    "owner": "Owners",
    "asked": "Asked to rate",
    "answered": "Answered",
}
# The customer page says elsewhere how often they were asked.
BRIEF = frozenset(KINDS) - {"asked", "answered"}


class Moment(NamedTuple):
    """One line: whose it is in ``by``, what row in ``id``; what ``title`` and ``text`` hold depends on the kind."""

    kind: str
    day: date
    title: str
    text: str
    by: str
    by_id: int | None
    id: int

    @property
    def month(self) -> date:
        """The first of its month, to stand above."""
        return self.day.replace(day=1)

    @property
    def cursor(self) -> str:
        """Where the next page goes on, as the address holds it."""
        return f"{self.day.isoformat()}.{self.kind}.{self.id}"


@dataclass(frozen=True)
class Cursor:
    """After which line a page begins."""

    day: date
    kind: str
    id: int


def cursor_of(text: str) -> Cursor | None:
    """The cursor an address holds; nothing when it makes no sense."""
    parts = text.split(".")
    try:
        day = date.fromisoformat(parts[0])
        return Cursor(day, parts[1], int(parts[2][:18])) if parts[1] in KINDS else None
    except (IndexError, ValueError):
        return None


def kinds_for(user: User) -> dict[str, str]:
    """The kinds a reader may filter by: sales are for those who sell."""
    return {kind: name for kind, name in KINDS.items() if kind != "sale" or user.has_role(*SELLERS)}


def timeline(
    customer: Customer,
    user: User,
    at: datetime,
    *,
    kinds: Collection[str] = BRIEF,
    before: Cursor | None = None,
    limit: int = LATEST,
) -> list[Moment]:
    """The newest lines of the kinds after the cursor. At most three queries: which secrets, which cases, the lines."""
    wanted = kinds_for(user).keys() & set(kinds)
    parts = [part for held, part in PARTS if wanted & held]
    if not parts:
        return []
    given: dict[str, Any] = {
        "customer": customer.pk,
        "secrets": _secrets(customer, user, at) if wanted & {"learned", "used"} else [],
        "cases": _cases(customer, user) if "case" in wanted else [],
        "zone": timezone.get_current_timezone_name(),
        "kinds": list(wanted),
        "limit": limit,
    }
    if before:
        given |= {"day": before.day, "kind": before.kind, "id": before.id}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(parts=" UNION ALL ".join(parts), after=AFTER if before else ""), given)
        return [Moment(*row) for row in cursor.fetchall()]


def _secrets(customer: Customer, user: User, at: datetime) -> list[int]:
    readable = Secret.objects.visible_to(user, at=at).filter(customer=customer)
    return list(readable.order_by().values_list("pk", flat=True))


def _cases(customer: Customer, user: User) -> list[int]:
    return list(Case.objects.visible_to(user).filter(customer=customer).order_by().values_list("pk", flat=True))


STATEMENT = """
SELECT kind, day, line.title, line.text, COALESCE(person.name, ''), by_id, line.id
FROM ({parts}) line (kind, day, title, text, by_id, id)
LEFT JOIN accounts_user person ON person.id = by_id
WHERE kind = ANY(%(kinds)s) {after}
ORDER BY day DESC, kind DESC, line.id DESC LIMIT %(limit)s
"""
AFTER = "AND (day, kind, line.id) < (%(day)s, %(kind)s, %(id)s)"

INTERACTIONS = """
SELECT its.kind::text, its.on, COALESCE(contact.name, ''), its.note::text, its.by_id, its.id
FROM customers_interaction its LEFT JOIN customers_contact contact ON contact.id = its.contact_id
WHERE its.customer_id = %(customer)s AND its.removed_at IS NULL
"""
TALKS = """
SELECT 'talk', (its.began_at AT TIME ZONE %(zone)s)::date, COALESCE(contact.name, ''), '', its.by_id, its.id
FROM secrets_manual_conversation its LEFT JOIN customers_contact contact ON contact.id = its.contact_id
WHERE its.customer_id = %(customer)s
"""
PROMISED = """
SELECT 'promised', (made_at AT TIME ZONE %(zone)s)::date, '', text, made_by_id, id
FROM customers_promise WHERE customer_id = %(customer)s
"""
SETTLED = """
SELECT state, (settled_at AT TIME ZONE %(zone)s)::date, outcome, text, made_by_id, id
FROM customers_promise WHERE customer_id = %(customer)s AND settled_at IS NOT NULL
"""
SALES = """
SELECT 'sale', ordered_on, currency, amount::text, salesperson_id, id
FROM customers_sale WHERE customer_id = %(customer)s AND removed_at IS NULL
"""
LEARNED = """
SELECT 'learned', (its.discovered_at AT TIME ZONE %(zone)s)::date, category.name, '', its.discovered_by_id, its.id
FROM secrets_manual_secret its JOIN secrets_manual_category category ON category.id = its.category_id
WHERE its.id = ANY(%(secrets)s)
"""
USED = """
SELECT 'used', (its.at AT TIME ZONE %(zone)s)::date, category.name, its.kind::text, its.by_id, its.id
FROM secrets_manual_secretuse its
JOIN secrets_manual_secret secret ON secret.id = its.secret_id
JOIN secrets_manual_category category ON category.id = secret.category_id
WHERE its.secret_id = ANY(%(secrets)s)
"""
MISFITS = """
SELECT 'misfit', noted_on, whose, needed, noted_by_id, id
FROM customers_misfit WHERE customer_id = %(customer)s AND removed_at IS NULL
"""
CASES = """
SELECT 'case', (reported_at AT TIME ZONE %(zone)s)::date, state, what_happened, agent_id, id
FROM recovery_case WHERE id = ANY(%(cases)s)
"""
OWNERS = """
SELECT 'owner', its.since, its.reason, owner.name, its.made_by_id, its.id
FROM customers_ownership its JOIN accounts_user owner ON owner.id = its.owner_id
WHERE its.customer_id = %(customer)s
"""
ASKED = """
SELECT 'asked', (COALESCE(sent_at, due_at) AT TIME ZONE %(zone)s)::date, '', '', salesperson_id, id
FROM report_cards_invitation WHERE customer_id = %(customer)s AND state IN ('sent', 'doubtful')
"""
# That an answer came, never how, nor from whom.
ANSWERED = """
SELECT 'answered', (response.first_at AT TIME ZONE %(zone)s)::date, '', '', its.salesperson_id, its.id
FROM report_cards_invitation its JOIN report_cards_response response ON response.invitation_id = its.id
WHERE its.customer_id = %(customer)s
"""
PARTS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"visit", "call", "mail", "other"}), INTERACTIONS),
    (frozenset({"talk"}), TALKS),
    (frozenset({"promised"}), PROMISED),
    (frozenset({"kept", "broken"}), SETTLED),
    (frozenset({"sale"}), SALES),
    (frozenset({"learned"}), LEARNED),
    (frozenset({"used"}), USED),
    (frozenset({"misfit"}), MISFITS),
    (frozenset({"case"}), CASES),
    (frozenset({"owner"}), OWNERS),
    (frozenset({"asked"}), ASKED),
    (frozenset({"answered"}), ANSWERED),
)
