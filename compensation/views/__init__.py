"""Pages of plans and pay."""

from compensation.views.plans import add_member, add_plan, approve_plan, plan, plans, set_quota
from compensation.views.statements import (
    download_kept_statement,
    download_statement,
    keep_statement,
    kept_statement,
    my_bonus,
    statement,
    statement_facts,
    statements,
)

__all__ = [
    "add_member",
    "add_plan",
    "approve_plan",
    "download_kept_statement",
    "download_statement",
    "keep_statement",
    "kept_statement",
    "my_bonus",
    "plan",
    "plans",
    "set_quota",
    "statement",
    "statement_facts",
    "statements",
]
