"""Visits, calls and mails: one line each, and the calls a tapped telephone number began."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from customers.models import Contact, Customer, Interaction
from customers.rules.days import happened_refusal, latest_day
from firm.queries import the_firm

# A number tapped again within this is the same call, dialled again.
SAME_CALL = timedelta(minutes=5)


def log_interaction(
    customer: Customer,
    *,
    kind: str,
    on: date,
    note: str = "",
    contact: Contact | None = None,
    acting_user: User,
    at: datetime,
) -> Interaction:
    """One line about a visit, call or mail; raises ``ValidationError`` where that day can't be."""
    _happened(on, at)
    return Interaction.objects.create(
        customer=customer, kind=kind, on=on, note=note, contact=contact, by=acting_user, made_at=at
    )


def change_interaction(
    interaction: Interaction,
    *,
    kind: str,
    on: date,
    note: str,
    contact: Contact | None,
    acting_user: User,
    at: datetime,
) -> None:
    """Correct a line; raises ``ValidationError`` where that day can't be."""
    if on != interaction.on:
        _happened(on, at)
    Interaction.objects.filter(pk=interaction.pk).update(kind=kind, on=on, note=note, contact=contact)


def _happened(on: date, at: datetime) -> None:
    if refused := happened_refusal(on, latest_day(at)):
        raise ValidationError({"on": refused})


def remove_interaction(interaction: Interaction, *, acting_user: User, at: datetime) -> None:
    """Take a line out; ``restore_interaction`` brings it back."""
    Interaction.objects.present().filter(pk=interaction.pk).update(removed_at=at)


def restore_interaction(interaction: Interaction, *, acting_user: User, at: datetime) -> None:
    """Undo a removal."""
    Interaction.objects.filter(pk=interaction.pk).update(removed_at=None)


@transaction.atomic
def note_call(contact: Contact, *, acting_user: User, at: datetime) -> Interaction | None:
    """A telephone number was tapped: a call today, once in a few minutes; None when it is noted already."""
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    recent = Interaction.objects.present().filter(contact=contact, by=acting_user, kind=Interaction.Kind.CALL)
    if recent.filter(made_at__gt=at - SAME_CALL, made_at__lte=at).exists():
        return None
    today = the_firm().today(at)
    kind = Interaction.Kind.CALL
    return log_interaction(contact.customer, kind=kind, on=today, contact=contact, acting_user=acting_user, at=at)


def nothing_learned(interaction: Interaction, *, acting_user: User, at: datetime) -> None:
    """Wave off “What did you learn?”, for this and whatever came before it with the same customer."""
    earlier = Interaction.objects.filter(customer=interaction.customer_id, by=interaction.by_id, on__lte=interaction.on)
    earlier.filter(nothing_learned_at=None).update(nothing_learned_at=at)


def ask_learned_again(interaction: Interaction, *, acting_user: User, at: datetime) -> None:
    """Undo ``nothing_learned``: what was waved off in that moment is asked again."""
    waved = Interaction.objects.filter(customer=interaction.customer_id, by=interaction.by_id)
    waved.filter(nothing_learned_at=interaction.nothing_learned_at).update(nothing_learned_at=None)
