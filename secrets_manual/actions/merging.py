"""This app's part of making two customers one."""

from collections.abc import Mapping

from customers.actions import Move, move_all
from customers.models import Customer
from secrets_manual.models import AccessGrant, Conversation, PrivacyRequest, Secret, SpecialConsent


def move_manual(gone: Customer, kept: Customer, *, people: Mapping[int, int]) -> list[Move]:
    """The whole manual of ``gone`` belongs to ``kept``, removed secrets and running access too; what moved.

    ``people`` are contacts for whom another stands in. The log of who read what stays as it was written.
    """
    of_contact = (Secret, SpecialConsent, Conversation, PrivacyRequest)
    moves = [
        done
        for old, new in sorted(people.items())
        for done in move_all([(model.objects.all(), "contact") for model in of_contact], old=old, new=new)
    ]
    of_customer = (*of_contact, AccessGrant)
    return moves + move_all([(model.objects.all(), "customer") for model in of_customer], old=gone.pk, new=kept.pk)
