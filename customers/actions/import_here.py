"""What the database holds of a batch of customers, and whom a row means. A fixed number of queries a batch."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower

from accounts.models import User
from customers.actions.import_batch import Batch
from customers.models import Contact, ContactPoint, Customer, ImportChange, Occasion, Ownership
from customers.rules.rows import BadRow, CustomerRow


@dataclass
class Here:
    """Customers, their people and owners, as they are and as they will be written back."""

    batch: Batch
    by_code: dict[str, Customer] = field(default_factory=dict)
    met: list[int] = field(default_factory=list)
    gone: dict[str, Customer] = field(default_factory=dict)
    by_name: dict[str, list[Customer]] = field(default_factory=lambda: defaultdict(list))
    by_email: dict[str, list[Customer]] = field(default_factory=lambda: defaultdict(list))
    own: set[int] = field(default_factory=set)
    contacts: dict[int, list[Contact]] = field(default_factory=lambda: defaultdict(list))
    points: dict[int, list[ContactPoint]] = field(default_factory=lambda: defaultdict(list))
    tenures: dict[int, list[Ownership]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[str, list[User]] = field(default_factory=lambda: defaultdict(list))
    tags: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    birthdays: dict[int, Occasion] = field(default_factory=dict)
    new: list[Customer] = field(default_factory=list)
    new_contacts: list[Contact] = field(default_factory=list)
    new_points: list[ContactPoint] = field(default_factory=list)
    new_tenures: list[Ownership] = field(default_factory=list)
    new_tags: list[tuple[Customer, str]] = field(default_factory=list)
    new_days: list[Occasion] = field(default_factory=list)
    changed: dict[tuple[type[Any], int], tuple[Any, dict[str, Any]]] = field(default_factory=dict)

    def named(self, name: str, city: str) -> list[Customer]:
        """Customers of that name; where both say a place, of that place."""
        namesakes = self.by_name[name.casefold()]
        return [one for one in namesakes if not (city and one.city) or same(one.city, city)]

    def add(self, customer: Customer) -> None:
        """A customer planned by this batch: later rows may mean it."""
        self.new.append(customer)
        self.by_name[customer.name.casefold()].append(customer)
        if customer.code:
            self.by_code[customer.code.lower()] = customer

    def is_own(self, customer: Customer) -> bool:
        """Whether this very run made it."""
        return customer.pk is None or customer.pk in self.own

    def people_of(self, customer: Customer) -> list[Contact]:
        return self.contacts[mark(customer)]

    def points_of(self, contact: Contact) -> list[ContactPoint]:
        return self.points[mark(contact)]

    def tenures_of(self, customer: Customer) -> list[Ownership]:
        return self.tenures[mark(customer)]

    def meet(self, contact: Contact) -> None:
        """A contact planned by this batch."""
        self.new_contacts.append(contact)
        self.people_of(contact.customer).append(contact)

    def reach(self, point: ContactPoint) -> None:
        """A further address planned by this batch."""
        self.new_points.append(point)
        self.points_of(point.contact).append(point)

    def begin(self, tenure: Ownership) -> None:
        """An ownership planned by this batch."""
        self.new_tenures.append(tenure)
        self.tenures_of(tenure.customer).append(tenure)

    def change(self, each: Any, **fields: Any) -> None:
        """Change a row, remembering what it held when the batch began."""
        if each.pk is not None:
            _, before = self.changed.setdefault((type(each), each.pk), (each, {}))
            for name in fields:
                before.setdefault(name, getattr(each, name))
        for name, value in fields.items():
            setattr(each, name, value)

    def owner(self, record: CustomerRow) -> User | None:
        """Whom the row names as owner; raises ``BadRow`` when that is nobody, or nobody in particular."""
        if not (record.owner_email or record.owner_name):
            return None
        if record.owner_email:
            found = self.owners[record.owner_email]
            if not found:
                raise BadRow(f"owner_email {record.owner_email} is nobody here")
            return found[0]
        found = self.owners[record.owner_name.casefold()]
        if len(found) != 1:
            raise BadRow(f"owner {record.owner_name} is {'more than one person' if found else 'nobody'} here")
        return found[0]


def mark(each: Customer | Contact) -> int:
    """What tells a row from others before it has a key, too."""
    return each.pk or -id(each)


def same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def read_here(batch: Batch, records: Sequence[CustomerRow], *, by_name: bool) -> Here:
    """Everything the records can mean, locked; ``by_name`` also those without their code."""
    here = Here(batch)
    _read_customers(here, records, by_name=by_name)
    found = {one.pk: one for many in (here.by_name.values(), here.by_email.values()) for ones in many for one in ones}
    found |= {one.pk: one for one in here.by_code.values()}
    here.met = list(found)
    _read_people(here, found)
    names = {record.owner_name for record in records if record.owner_name}
    emails = {record.owner_email for record in records}
    for user in User.objects.get_queryset().filter(Q(email__in=emails) | Q(name__in=names)).order_by("pk"):
        here.owners[user.email].append(user)
        here.owners[user.name.casefold()].append(user)
    if by_name:
        made = batch.run.changes.filter(model=ImportChange.Model.CUSTOMER, before__isnull=True, object_id__in=found)
        here.own = set(made.values_list("object_id", flat=True))
    return here


def _read_customers(here: Here, records: Sequence[CustomerRow], *, by_name: bool) -> None:
    customers = Customer.objects.order_by("pk").select_for_update()
    codes = {record.code.lower() for record in records if record.code}
    coded = customers.alias(low=Lower("code")).exclude(code="").filter(low__in=codes) if codes else ()
    here.by_code = {one.code.lower(): one for one in coded}
    here.gone = follow_merges(here.by_code)
    if not by_name:
        return
    met = {one.pk: one for one in here.by_code.values()}
    lost = [record for record in records if record.code.lower() not in here.by_code]
    names = {record.fields["name"].lower() for record in lost if "name" in record.fields}
    namesakes = customers.present().alias(low=Lower("name")).filter(low__in=names) if names else ()
    for customer in _once(namesakes, met):
        here.by_name[customer.name.casefold()].append(customer)
    emails = {record.contact["email"] for record in lost if record.contact.get("email")}
    speaks: dict[str, set[int]] = defaultdict(set)
    if emails:
        for email, customer_id in _speakers(emails):
            speaks[email].add(customer_id)
    wanted = set().union(*speaks.values()) - met.keys()
    list(_once(customers.present().filter(pk__in=wanted), met) if wanted else ())
    for email, ids in speaks.items():
        here.by_email[email] = [met[pk] for pk in sorted(ids) if pk in met and met[pk].removed_at is None]


def merged_words(gone: Customer, kept: Customer) -> str:
    """What is said of a row that means a record merged away."""
    return f"{gone.code} was merged into {kept.name}: the row went there"


def follow_merges(by_code: dict[str, Customer]) -> dict[str, Customer]:
    """Put the customer kept in the place of one merged away; those merged away, by code. The kept are locked."""
    gone: dict[str, Customer] = {}
    met = {one.pk: one for one in by_code.values()}
    while lost := {code: one for code, one in by_code.items() if one.merged_into_id}:
        kept = {one.merged_into_id or 0 for one in lost.values()} - met.keys()
        met |= {one.pk: one for one in Customer.objects.filter(pk__in=kept).order_by("pk").select_for_update()}
        for code, one in lost.items():
            gone.setdefault(code, one)
            by_code[code] = met[one.merged_into_id or 0]
    return gone


def _once(customers: Iterable[Customer], met: dict[int, Customer]) -> Iterable[Customer]:
    """Each customer as one object, however it was found."""
    for customer in customers:
        yield met.setdefault(customer.pk, customer)


def _speakers(emails: Collection[str]) -> list[tuple[str, int]]:
    contacts = Contact.objects.present().annotate(low=Lower("email")).filter(low__in=emails)
    points = ContactPoint.objects.filter(kind="email", contact__removed_at=None).annotate(low=Lower("value"))
    return [
        *contacts.order_by().values_list("low", "customer_id"),
        *points.filter(low__in=emails).order_by().values_list("low", "contact__customer_id"),
    ]


def _read_people(here: Here, customers: Collection[int]) -> None:
    if not customers:
        return
    people = {one.pk: one for one in Contact.objects.filter(customer__in=customers).order_by("pk")}
    for contact in people.values():
        here.contacts[contact.customer_id].append(contact)
    for point in ContactPoint.objects.filter(contact__in=people).order_by("pk") if people else ():
        here.points[point.contact_id].append(point)
    for tenure in Ownership.objects.filter(customer__in=customers).order_by("since"):
        here.tenures[tenure.customer_id].append(tenure)
