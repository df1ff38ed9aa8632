"""Every write of this app beyond a plain save."""

from customers.actions.contacts import add_contact, change_contact, make_primary, remove_contact, restore_contact
from customers.actions.customers import add_customer, change_customer, remove_customer, restore_customer
from customers.actions.imports import run_import, start_import
from customers.actions.misfits import add_misfit, change_misfit, record_outcome, remove_misfit, restore_misfit
from customers.actions.ownership import hand_over, hand_over_book, settle_owners
from customers.actions.promises import add_promise, break_promise, keep_promise, log_interaction, reopen_promise
from customers.actions.relations import add_relation, remove_relation
from customers.actions.sales import add_sale, change_sale, remove_sale, restore_sale

__all__ = [
    "add_contact",
    "add_customer",
    "add_misfit",
    "add_promise",
    "add_relation",
    "add_sale",
    "break_promise",
    "change_contact",
    "change_customer",
    "change_misfit",
    "change_sale",
    "hand_over",
    "hand_over_book",
    "keep_promise",
    "log_interaction",
    "make_primary",
    "record_outcome",
    "remove_contact",
    "remove_customer",
    "remove_misfit",
    "remove_relation",
    "remove_sale",
    "reopen_promise",
    "restore_contact",
    "restore_customer",
    "restore_misfit",
    "restore_sale",
    "run_import",
    "settle_owners",
    "start_import",
]
