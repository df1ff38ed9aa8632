"""Triggers several apps' tables share."""

import pgtrigger


def append_only() -> list[pgtrigger.Trigger]:
    """Rows are added, never changed, deleted or emptied away."""
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete), never_emptied()]


def never_emptied() -> pgtrigger.Trigger:
    """The table is never truncated."""
    return pgtrigger.Trigger(
        name="never_emptied",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'The rows of % are never emptied away', TG_TABLE_NAME;",
    )
