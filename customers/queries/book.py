"""Somebody's whole book of customers, to be handed over."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Role, User
from customers.models import Customer, CustomerQuerySet, Ownership, Tag
from customers.rules.book import Held


def possible_givers(user: User) -> QuerySet[User]:
    """Who owns customers the user may hand over, with ``owned`` for how many; those who left, too."""
    owned = Count("customers", filter=Q(customers__removed_at=None))
    owners = User.objects.get_queryset().select_related("team").annotate(owned=owned).filter(owned__gt=0)
    if user.has_role(Role.ADMINISTRATOR):
        return owners
    return owners.filter(team__in=user.led_team_ids) if user.has_role(Role.MANAGER) else owners.none()


def lasting(giver: User, since: date) -> QuerySet[Ownership]:
    """Ownerships of a person that go on, or begin, on a day or later."""
    return Ownership.objects.filter(Q(until=None) | Q(until__gt=since), owner=giver)


def in_book(giver: User, since: date) -> CustomerQuerySet:
    """The customers a person owns on a day or later, the removed too; those without any history, by their owner."""
    here = Ownership.objects.filter(customer=OuterRef("pk"))
    goes_on = Exists(lasting(giver, since).filter(customer=OuterRef("pk")))
    return Customer.objects.filter(goes_on | Q(owner=giver) & ~Exists(here))


def book_of(giver: User, since: date) -> list[Held]:
    """The customers of a book as they stand now, by name. Three queries."""
    rows = list(in_book(giver, since).order_by("name", "pk"))
    ids = [row.pk for row in rows]
    marks: dict[int, list[str]] = {}
    for pk, customer, until in lasting(giver, since).values_list("pk", "customer_id", "until").order_by("pk"):
        marks.setdefault(customer, []).append(f"{pk}-{until}")
    tags: dict[int, set[int]] = {}
    for customer, tag in Customer.tags.through.objects.filter(customer__in=ids).values_list("customer_id", "tag_id"):
        tags.setdefault(customer, set()).add(tag)
    return [
        Held(
            row.pk,
            row.name,
            city=row.city,
            tier=row.tier,
            tags=frozenset(tags.get(row.pk, ())),
            is_removed=row.removed_at is not None,
            mark=f"{row.owner_id} {' '.join(marks.get(row.pk, []))}",
        )
        for row in rows
    ]


def tag_names(book: list[Held]) -> dict[int, str]:
    """The names of the tags in a book. One query."""
    used = {tag for held in book for tag in held.tags}
    return dict(Tag.objects.filter(pk__in=used).values_list("pk", "name"))
