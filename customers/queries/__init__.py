"""Reads that span models: finding customers, what is due, who may do what to whom."""

from customers.queries.contacts import acquaintances, card_of, days_of, people_of, relations_of, relations_seen
from customers.queries.dealings import customers_meant, last_customers, promises_due, promises_listed
from customers.queries.duplicates import Alike, alike, same_named, whose_words
from customers.queries.lists import (
    COUNTED,
    SORTS,
    Window,
    listed,
    ordered,
    own_teams,
    owners_seen,
    promised,
    quiet_since,
    window,
    with_columns,
)
from customers.queries.merged import with_merged
from customers.queries.misfits import misfits_listed, misfits_of, solutions
from customers.queries.ownership import for_hand_over, possible_owners
from customers.queries.reach import acting, may_change, may_hand_over, owner_of, sees_unowned
from customers.queries.reminders import Coming, coming_occasions
from customers.queries.search import matching, ranked, search_customers
from customers.queries.seen import OUTCOME, seen_of_contact, seen_of_customer, seen_of_misfit
from customers.queries.tags import saved_views, suggested_tags, tags_counted, tags_of

__all__ = [
    "COUNTED",
    "OUTCOME",
    "SORTS",
    "Alike",
    "Coming",
    "Window",
    "acquaintances",
    "acting",
    "alike",
    "card_of",
    "coming_occasions",
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
    "ordered",
    "own_teams",
    "owner_of",
    "owners_seen",
    "people_of",
    "possible_owners",
    "promised",
    "promises_due",
    "promises_listed",
    "quiet_since",
    "ranked",
    "relations_of",
    "relations_seen",
    "same_named",
    "saved_views",
    "search_customers",
    "seen_of_contact",
    "seen_of_customer",
    "seen_of_misfit",
    "sees_unowned",
    "solutions",
    "suggested_tags",
    "tags_counted",
    "tags_of",
    "whose_words",
    "window",
    "with_columns",
    "with_merged",
]
