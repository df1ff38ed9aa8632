"""Customers, the people there, who owns them, and what was sold and promised."""

from customers.models.contacts import Contact, ContactPoint, ContactQuerySet, Occasion, Relation, host_of
from customers.models.customers import Customer, CustomerQuerySet, SavedView, Tag
from customers.models.dealings import Interaction, InteractionQuerySet, Misfit, MisfitQuerySet, Promise, PromiseQuerySet
from customers.models.imports import ColumnMapping, ImportChange, ImportRow, ImportRun
from customers.models.ownership import Ownership
from customers.models.sales import Sale, SaleQuerySet

__all__ = [
    "ColumnMapping",
    "Contact",
    "ContactPoint",
    "ContactQuerySet",
    "Customer",
    "CustomerQuerySet",
    "ImportChange",
    "ImportRow",
    "ImportRun",
    "Interaction",
    "InteractionQuerySet",
    "Misfit",
    "MisfitQuerySet",
    "Occasion",
    "Ownership",
    "Promise",
    "PromiseQuerySet",
    "Relation",
    "Sale",
    "SaleQuerySet",
    "SavedView",
    "Tag",
    "host_of",
]
