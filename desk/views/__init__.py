"""Pages that span the apps."""

from desk.views.book import hand_over_book
from desk.views.bulk import bulk_change, hand_over_customers, tag_customers, undo_bulk_change, untag_customers
from desk.views.dossier import customer, customer_rest
from desk.views.exports import export_customers, exports
from desk.views.imports import undo_import
from desk.views.lists import customers
from desk.views.merging import (
    approve_merge,
    duplicates,
    merge,
    merge_customers,
    refuse_merge,
    say_different,
    undo_merge,
)
from desk.views.people import deactivate_person
from desk.views.privacy import (
    approve_erasure,
    ask_erasure,
    privacy_answer,
    privacy_answer_json,
    privacy_request,
    refuse_erasure,
)
from desk.views.shell import become, home, home_bonus, search, theme
from desk.views.timeline import timeline

__all__ = [
    "approve_erasure",
    "approve_merge",
    "ask_erasure",
    "become",
    "bulk_change",
    "customer",
    "customer_rest",
    "customers",
    "deactivate_person",
    "duplicates",
    "export_customers",
    "exports",
    "hand_over_book",
    "hand_over_customers",
    "home",
    "home_bonus",
    "merge",
    "merge_customers",
    "privacy_answer",
    "privacy_answer_json",
    "privacy_request",
    "refuse_erasure",
    "refuse_merge",
    "say_different",
    "search",
    "tag_customers",
    "theme",
    "timeline",
    "undo_bulk_change",
    "undo_import",
    "undo_merge",
    "untag_customers",
]
