"""Every write of this app beyond a plain save."""

from customers.actions.customers import (
    add_contact,
    add_customer,
    change_contact,
    change_customer,
    remove_contact,
    remove_customer,
    restore_contact,
    restore_customer,
)
from customers.actions.imports import run_import, start_import
from customers.actions.ownership import hand_over, hand_over_book, settle_owners
from customers.actions.promises import add_promise, break_promise, keep_promise, log_interaction, reopen_promise
from customers.actions.sales import add_sale, change_sale, remove_sale, restore_sale

__all__ = [
    "add_contact",
    "add_customer",
    "add_promise",
    "add_sale",
    "break_promise",
    "change_contact",
    "change_customer",
    "change_sale",
    "hand_over",
    "hand_over_book",
    "keep_promise",
    "log_interaction",
    "remove_contact",
    "remove_customer",
    "remove_sale",
    "reopen_promise",
    "restore_contact",
    "restore_customer",
    "restore_sale",
    "run_import",
    "settle_owners",
    "start_import",
]
