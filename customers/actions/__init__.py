"""Every write of this app beyond a plain save."""

from customers.actions.book import hand_over_book, share_out_book
from customers.actions.contacts import add_contact, change_contact, make_primary, remove_contact, restore_contact
from customers.actions.customers import add_customer, change_customer, remove_customer, restore_customer
from customers.actions.erasure import erase_contact, erase_customer, forget_rows
from customers.actions.import_people_undo import leaned_on, own_roles
from customers.actions.import_undo import (
    begin_undo,
    changed_since,
    claim_undo,
    end_undo,
    lock_imported,
    root_model,
    take_back,
)
from customers.actions.imports import (
    ClaimLost,
    claim_import,
    discard_import,
    fix_rows,
    forget_trials,
    let_go,
    map_columns,
    run_import,
    stage_import,
    start_import,
    take_batch,
)
from customers.actions.interactions import (
    ask_learned_again,
    change_interaction,
    log_interaction,
    note_call,
    nothing_learned,
    remove_interaction,
    restore_interaction,
)
from customers.actions.merging import merge_customers, unmerge_customers
from customers.actions.misfits import add_misfit, change_misfit, record_outcome, remove_misfit, restore_misfit
from customers.actions.moving import Move, move_all, move_back
from customers.actions.ownership import hand_over, settle_owners
from customers.actions.promises import add_promise, break_promise, change_promise, keep_promise, reopen_promise
from customers.actions.relations import add_relation, remove_relation
from customers.actions.reminders import remind
from customers.actions.sales import add_sale, change_sale, remove_sale, restore_sale, reverse_sale
from customers.actions.tags import (
    add_tag,
    delete_tag,
    merge_tag,
    remove_tag,
    rename_tag,
    tag_all,
    tags_named,
    untag_all,
)
from customers.actions.views import open_by_default, remove_view, rename_view, restore_view, save_view

__all__ = [
    "ClaimLost",
    "Move",
    "add_contact",
    "add_customer",
    "add_misfit",
    "add_promise",
    "add_relation",
    "add_sale",
    "add_tag",
    "ask_learned_again",
    "begin_undo",
    "break_promise",
    "change_contact",
    "change_customer",
    "change_interaction",
    "change_misfit",
    "change_promise",
    "change_sale",
    "changed_since",
    "claim_import",
    "claim_undo",
    "delete_tag",
    "discard_import",
    "end_undo",
    "erase_contact",
    "erase_customer",
    "fix_rows",
    "forget_rows",
    "forget_trials",
    "hand_over",
    "hand_over_book",
    "keep_promise",
    "leaned_on",
    "let_go",
    "lock_imported",
    "log_interaction",
    "make_primary",
    "map_columns",
    "merge_customers",
    "merge_tag",
    "move_all",
    "move_back",
    "note_call",
    "nothing_learned",
    "open_by_default",
    "own_roles",
    "record_outcome",
    "remind",
    "remove_contact",
    "remove_customer",
    "remove_interaction",
    "remove_misfit",
    "remove_relation",
    "remove_sale",
    "remove_tag",
    "remove_view",
    "rename_tag",
    "rename_view",
    "reopen_promise",
    "restore_contact",
    "restore_customer",
    "restore_interaction",
    "restore_misfit",
    "restore_sale",
    "restore_view",
    "reverse_sale",
    "root_model",
    "run_import",
    "save_view",
    "settle_owners",
    "share_out_book",
    "stage_import",
    "start_import",
    "tag_all",
    "tags_named",
    "take_back",
    "take_batch",
    "unmerge_customers",
    "untag_all",
]
