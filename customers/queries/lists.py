"""The customer list."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OrderBy, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Upper

from accounts.models import Role, User
from customers.models import Contact, Customer, CustomerQuerySet, Promise, Tag
from customers.queries.reach import acting, sees_unowned
from customers.queries.search import ranked

# A list counts so far and no further, and turns no more pages than hold so many.
COUNTED = 1000
DEEPEST = 10_000

# Each column's order; the indexes of Customer follow them. A minus in front turns the whole order round.
SORTS: dict[str, tuple[Any, ...]] = {
    "name": ("name", "pk"),
    "place": (Upper("city"), "name", "pk"),
    "owner": ("owner__name", "name", "pk"),
    "tier": ("tier", "name", "pk"),
    "touch": (F("last_contact_on").asc(nulls_first=True), "name", "pk"),
    "promise": (F("promised_on").asc(nulls_last=True), "name", "pk"),
    "added": ("made_at", "pk"),
}


@dataclass(frozen=True)
class Window:
    """One page of a list that was never counted to its end."""

    rows: list[Customer]
    number: int
    size: int
    count: int
    is_capped: bool
    has_next: bool

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def is_cut(self) -> bool:
        """More follow than a list turns pages."""
        return self.has_next and (self.number + 1) * self.size > DEEPEST

    @property
    def next(self) -> int:
        """The number of the page that follows; 0 when none does."""
        return self.number + 1 if self.has_next and not self.is_cut else 0


def listed(user: User, *, whose: str = "") -> CustomerQuerySet:
    """The customers a list starts from: those the person sees, or those nobody owns (``whose`` is “none”)."""
    if whose == "none" and sees_unowned(user):
        return Customer.objects.present().filter(owner=None)
    return Customer.objects.visible_to(user)


def window(found: CustomerQuerySet, *, sort: str, text: str, number: int, size: int) -> Window:
    """One page of the customers found, with what a row shows. Two queries, whatever the size of the book.

    ``sort`` is a key of ``SORTS``, with a minus to turn it round; empty ranks by ``text``.
    """
    number = max(1, min(number, DEEPEST // size))
    first = (number - 1) * size
    rows = list(ordered(with_columns(found), sort=sort, text=text)[first : first + size + 1])
    count = first + len(rows) if 0 < len(rows) <= size else found.order_by()[: COUNTED + 1].count()
    return Window(rows[:size], number, size, min(count, COUNTED), count > COUNTED, len(rows) > size)


def ordered(found: CustomerQuerySet, *, sort: str, text: str = "") -> CustomerQuerySet:
    """Sorted by a column, or the best matches of a text first."""
    if text and not sort:
        return ranked(found, text)
    columns = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return found.order_by(*(map(_turned, columns) if sort.startswith("-") else columns))


def _turned(column: Any) -> Any:
    """The very opposite order, nulls at the other end, so that an index can be walked backwards."""
    if isinstance(column, str):
        return f"-{column}"
    if isinstance(column, OrderBy):
        turned = column.copy()
        turned.reverse_ordering()
        return turned
    return column.desc()


def with_columns(found: CustomerQuerySet) -> CustomerQuerySet:
    """Each with its owner, first contact and how many there are, tags and next promise."""
    people = Contact.objects.present().filter(customer=OuterRef("pk"))
    how_many = people.order_by().values("customer").annotate(n=Count("pk")).values("n")
    promises = Promise.objects.open().filter(customer=OuterRef("pk")).order_by("due_on")
    tags = Tag.objects.filter(customers=OuterRef("pk")).order_by("name")
    return found.select_related("owner").annotate(
        first_contact=Subquery(people.order_by("name", "pk").values("name")[:1]),
        contact_count=Subquery(how_many),
        tag_names=ArraySubquery(tags.values("name")),
        promised_on=Subquery(promises.values("due_on")[:1]),
    )


def quiet_since(found: CustomerQuerySet, day: date) -> CustomerQuerySet:
    """Those nobody was in touch with after a day, the never met too."""
    return found.filter(Q(last_contact_on=None) | Q(last_contact_on__lte=day))


def promised(found: CustomerQuerySet, *, due_by: date | None = None) -> CustomerQuerySet:
    """Those with an open promise, or with one due by a day."""
    promises = Promise.objects.open().filter(customer=OuterRef("pk"))
    return found.filter(Exists(promises.filter(due_on__lte=due_by) if due_by else promises))


def own_teams(user: User) -> list[int]:
    """Ids of the teams a person belongs to or leads."""
    return [*acting(user).led_team_ids, *([user.team_id] if user.team_id else [])]


def owners_seen(user: User) -> QuerySet[User]:
    """Salespeople whose customers the person may list, with their teams."""
    people = User.objects.holding(Role.SALESPERSON).select_related("team")
    if user.has_role(Role.SERVICE, Role.MARKETING, Role.ADMINISTRATOR):
        return people
    return people.filter(Q(pk=user.pk) | Q(team__in=own_teams(user)))
