"""How people know each other."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from customers.models import Contact, Relation


def add_relation(contact: Contact, *, other: Contact, kind: str, acting_user: User | None, at: datetime) -> Relation:
    """``contact`` is the ``kind`` of ``other``. Raises ``ValidationError`` when that is known already."""
    if contact == other:
        raise ValidationError("Nobody is related to themselves. Choose somebody else.")
    try:
        with transaction.atomic():
            return Relation.objects.create(contact=contact, other=other, kind=kind)
    except IntegrityError as error:
        raise ValidationError("That is noted already.") from error


def remove_relation(relation: Relation, *, acting_user: User | None, at: datetime) -> None:
    """Forget it; ``add_relation`` notes it again."""
    Relation.objects.filter(pk=relation.pk).delete()
