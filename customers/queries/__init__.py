"""Reads that span models: finding customers, what is due, who may do what to whom."""

from customers.queries.dealings import last_customers, promises_due
from customers.queries.duplicates import same_named
from customers.queries.lists import CONTACTS, listed
from customers.queries.ownership import for_hand_over, possible_owners
from customers.queries.reach import acting, may_change, may_hand_over, owner_of, sees_unowned
from customers.queries.search import MOST, matching, ranked, search_customers

__all__ = [
    "CONTACTS",
    "MOST",
    "acting",
    "for_hand_over",
    "last_customers",
    "listed",
    "matching",
    "may_change",
    "may_hand_over",
    "owner_of",
    "possible_owners",
    "promises_due",
    "ranked",
    "same_named",
    "search_customers",
    "sees_unowned",
]
