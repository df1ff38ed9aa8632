"""Writes that span the apps: one call an app, all in one transaction."""

from desk.actions.bulk import change_customers, next_batch, undo_change, work_off
from desk.actions.erasure import approve_erasure, preview_erasure
from desk.actions.exports import note_export
from desk.actions.imports import undo_import
from desk.actions.merging import approve_merge, ask_merge, refuse_merge, say_different, undo_merge
from desk.actions.people import deactivate_person

__all__ = [
    "approve_erasure",
    "approve_merge",
    "ask_merge",
    "change_customers",
    "deactivate_person",
    "next_batch",
    "note_export",
    "preview_erasure",
    "refuse_merge",
    "say_different",
    "undo_change",
    "undo_import",
    "undo_merge",
    "work_off",
]
