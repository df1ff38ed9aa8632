"""Customers that may be here already, whoever sees them."""

from django.db.models import F, Value

from customers.models import Customer, CustomerQuerySet
from firm.fold import Fold


def same_named(name: str) -> CustomerQuerySet:
    """Every customer whose name is the same once folded, whoever sees it."""
    starts = Customer.objects.present().filter(folded__startswith=Fold(Value(name.strip())))
    alike = starts.annotate(plain=Fold(F("name"))).filter(plain=Fold(Value(name.strip())))
    return alike.select_related("owner__team")
