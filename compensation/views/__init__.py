"""Pages of plans and pay."""

from compensation.views.check import check_statement
from compensation.views.kept import (
    download_kept_statement,
    kept_statement,
    kept_statement_facts,
    kept_statement_pdf,
)
from compensation.views.plans import add_member, add_plan, approve_plan, plan, plans, set_quota
from compensation.views.statements import (
    download_statement,
    keep_statement,
    my_bonus,
    statement,
    statement_facts,
    statement_pdf,
    statements,
)

__all__ = [
    "add_member",
    "add_plan",
    "approve_plan",
    "check_statement",
    "download_kept_statement",
    "download_statement",
    "keep_statement",
    "kept_statement",
    "kept_statement_facts",
    "kept_statement_pdf",
    "my_bonus",
    "plan",
    "plans",
    "set_quota",
    "statement",
    "statement_facts",
    "statement_pdf",
    "statements",
]
