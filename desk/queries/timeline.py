"""Everything that happened with a customer, newest first, as its reader may see it: one UNION a page."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, TruncDate

from accounts.models import Role, User
from customers.models import Customer, Interaction, Misfit, Ownership, Promise, Sale
from recovery.models import Case
from report_cards.models import Invitation
from secrets_manual.models import Conversation, Secret, SecretUse

SELLERS = (Role.SALESPERSON, Role.MANAGER)
PAGE = 40
# What the customer page shows of it.
LATEST = 12
Lines = QuerySet[Any, tuple[Any, ...]]
SHORT = CharField()
NOTHING = Value("", SHORT)

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
    """The newest lines of the kinds after the cursor. One query."""
    wanted = kinds_for(user).keys() & set(kinds)
    parts = [
        _after(_only(source(customer, user, at), wanted & held, held), before)
        for held, source in SOURCES
        if wanted & held
    ]
    if not parts:
        return []
    first, *rest = parts
    rows = first.union(*rest, all=True).order_by("-line_day", "-line_kind", "-pk")[:limit]
    return [Moment(*row) for row in rows]


def _only(lines: Lines, wanted: Collection[str], held: Collection[str]) -> Lines:
    return lines if len(wanted) == len(held) else lines.filter(line_kind__in=wanted)


def _after(lines: Lines, before: Cursor | None) -> Lines:
    if before is None:
        return lines
    same_day = Q(line_day=before.day)
    earlier = Q(line_day__lt=before.day) | same_day & Q(line_kind__lt=before.kind)
    return lines.filter(earlier | same_day & Q(line_kind=before.kind, pk__lt=before.id))


COLUMNS = ("line_kind", "line_day", "line_title", "line_text", "line_by", "line_by_id", "pk")


def _lines(rows: QuerySet[Any], kind: Any, *, day: Any, title: Any = NOTHING, text: Any = NOTHING, by: str) -> Lines:
    """Rows as lines; ``by`` is the field of whoever did it."""
    lines = rows.order_by().annotate(
        line_kind=Cast(kind, SHORT),
        line_day=day,
        line_title=Coalesce(Cast(title, SHORT), NOTHING),
        line_text=Coalesce(Cast(text, SHORT), NOTHING),
        line_by=Coalesce(Cast(F(f"{by}__name"), SHORT), NOTHING),
        line_by_id=F(f"{by}_id"),
    )
    return cast(Lines, lines.values_list(*COLUMNS))


def _interactions(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Interaction.objects.present().filter(customer=customer)
    return _lines(rows, F("kind"), day=F("on"), title=F("contact__name"), text=F("note"), by="by")


def _talks(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Conversation.objects.filter(customer=customer)
    return _lines(rows, Value("talk"), day=TruncDate("began_at"), title=F("contact__name"), by="by")


def _promised(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Promise.objects.filter(customer=customer)
    return _lines(rows, Value("promised"), day=TruncDate("made_at"), text=F("text"), by="made_by")


def _settled(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Promise.objects.filter(customer=customer).exclude(settled_at=None)
    return _lines(rows, F("state"), day=TruncDate("settled_at"), title=F("outcome"), text=F("text"), by="made_by")


def _sales(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Sale.objects.present().filter(customer=customer)
    return _lines(rows, Value("sale"), day=F("ordered_on"), title=F("currency"), text=F("amount"), by="salesperson")


def _learned(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Secret.objects.visible_to(user, at=at).filter(customer=customer)
    day = TruncDate("discovered_at")
    return _lines(rows, Value("learned"), day=day, title=F("category__name"), by="discovered_by")


def _used(customer: Customer, user: User, at: datetime) -> Lines:
    seen = Secret.objects.visible_to(user, at=at).filter(customer=customer)
    rows = SecretUse.objects.filter(secret__in=seen.order_by().values("pk"))
    title = F("secret__category__name")
    return _lines(rows, Value("used"), day=TruncDate("at"), title=title, text=F("kind"), by="by")


def _misfits(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Misfit.objects.present().filter(customer=customer)
    return _lines(rows, Value("misfit"), day=F("noted_on"), title=F("whose"), text=F("needed"), by="noted_by")


def _cases(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Case.objects.visible_to(user).filter(customer=customer)
    day = TruncDate("reported_at")
    return _lines(rows, Value("case"), day=day, title=F("state"), text=F("what_happened"), by="agent")


def _owners(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Ownership.objects.filter(customer=customer)
    return _lines(rows, Value("owner"), day=F("since"), title=F("reason"), text=F("owner__name"), by="made_by")


def _asked(customer: Customer, user: User, at: datetime) -> Lines:
    rows = Invitation.objects.asked().filter(customer=customer)
    day = TruncDate(Coalesce("sent_at", "due_at"))
    return _lines(rows, Value("asked"), day=day, by="salesperson")


def _answered(customer: Customer, user: User, at: datetime) -> Lines:
    """That an answer came, never how, nor from whom."""
    rows = Invitation.objects.filter(customer=customer, response__isnull=False)
    return _lines(rows, Value("answered"), day=TruncDate("response__first_at"), by="salesperson")


SOURCES: tuple[tuple[frozenset[str], Callable[[Customer, User, datetime], Lines]], ...] = (
    (frozenset({"visit", "call", "mail", "other"}), _interactions),
    (frozenset({"talk"}), _talks),
    (frozenset({"promised"}), _promised),
    (frozenset({"kept", "broken"}), _settled),
    (frozenset({"sale"}), _sales),
    (frozenset({"learned"}), _learned),
    (frozenset({"used"}), _used),
    (frozenset({"misfit"}), _misfits),
    (frozenset({"case"}), _cases),
    (frozenset({"owner"}), _owners),
    (frozenset({"asked"}), _asked),
    (frozenset({"answered"}), _answered),
)
