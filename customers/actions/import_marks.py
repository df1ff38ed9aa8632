"""Tags and birthdays by import: what is there stays, what is new is added."""

from collections.abc import Collection

from customers.actions.import_batch import insert
from customers.actions.import_here import Here, mark
from customers.actions.tags import TAGGED, tags_named
from customers.models import Contact, Customer, Occasion
from customers.rules.rows import CustomerRow


def read_marks(here: Here, records: Collection[CustomerRow], customers: Collection[int]) -> None:
    """The tags and birthdays there are, if any row speaks of some. Two queries at most."""
    if customers and any(record.tags for record in records):
        for pk, name in TAGGED.objects.filter(customer__in=customers).values_list("customer_id", "tag__name"):
            here.tags[pk].add(name.lower())
    if customers and any(record.birthday for record in records):
        for day in Occasion.objects.filter(contact__customer__in=customers, kind=Occasion.Kind.BIRTHDAY).order_by(
            "-pk"
        ):
            here.birthdays[day.contact_id or 0] = day


def lacking_tags(customer: Customer, record: CustomerRow, here: Here) -> list[str]:
    """The tags of a row that the customer lacks."""
    return [name for name in record.tags if name.lower() not in here.tags[mark(customer)]]


def tag(customer: Customer, record: CustomerRow, here: Here) -> bool:
    """Plan the tags; whether anything changes."""
    names = lacking_tags(customer, record, here)
    here.tags[mark(customer)].update(name.lower() for name in names)
    here.new_tags += [(customer, name) for name in names]
    return bool(names)


def is_born_then(contact: Contact, record: CustomerRow, here: Here) -> bool:
    """Whether the birthday of a row, if it has one, is known."""
    known, born = here.birthdays.get(mark(contact)), record.birthday
    if born is None:
        return True
    return known is not None and (known.month, known.day) == (born.month, born.day) and born.year in {None, known.year}


def born(contact: Contact, record: CustomerRow, here: Here) -> bool:
    """Plan the birthday; whether anything changes."""
    if record.birthday is None or is_born_then(contact, record, here):
        return False
    known, told = here.birthdays.get(mark(contact)), record.birthday
    if known is None:
        day = Occasion(contact=contact, customer=contact.customer, kind=Occasion.Kind.BIRTHDAY, **told._asdict())
        here.birthdays[mark(contact)] = day
        here.new_days.append(day)
    else:
        here.change(known, month=told.month, day=told.day, year=told.year or known.year)
    return True


def write_marks(here: Here) -> None:
    """Keep what was planned; customers and contacts have their keys by now."""
    here.batch.changes.made(insert(here.new_days))
    if here.new_tags:
        tags = {one.name.lower(): one.pk for one in tags_named([name for _, name in here.new_tags])}
        rows = [TAGGED(customer_id=customer.pk, tag_id=tags[name.lower()]) for customer, name in here.new_tags]
        here.batch.changes.made(insert(rows))
