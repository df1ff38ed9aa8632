"""Reads that span models: finding customers, what is due, who may do what to whom."""

from customers.queries.contacts import acquaintances, card_of, days_of, people_of, relations_of, relations_seen
from customers.queries.dealings import customers_meant, last_customers, promises_due, promises_listed
from customers.queries.duplicates import Alike, alike, same_named, whose_words
from customers.queries.lists import CONTACTS, listed
from customers.queries.misfits import misfits_listed, misfits_of, solutions
from customers.queries.ownership import for_hand_over, possible_owners
from customers.queries.reach import acting, may_change, may_hand_over, owner_of, sees_unowned
from customers.queries.search import MOST, matching, ranked, search_customers
from customers.queries.seen import seen_of_contact, seen_of_customer

__all__ = [
    "CONTACTS",
    "MOST",
    "Alike",
    "acting",
    "acquaintances",
    "alike",
    "card_of",
    "customers_meant",
    "days_of",
    "for_hand_over",
    "last_customers",
    "listed",
    "matching",
    "may_change",
    "may_hand_over",
    "misfits_listed",
    "misfits_of",
    "owner_of",
    "people_of",
    "possible_owners",
    "promises_due",
    "promises_listed",
    "ranked",
    "relations_of",
    "relations_seen",
    "same_named",
    "search_customers",
    "seen_of_contact",
    "seen_of_customer",
    "sees_unowned",
    "solutions",
    "whose_words",
]
