"""Quotas from a file: tried, applied where rows are good, and taken back as far as they still stand."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from compensation.actions.quotas import OWN, set_rows
from compensation.models import BonusPlan, PlanMember, QuotaImport
from compensation.queries.quotas import columns_of, table_members, terms_of
from compensation.rules import quotas as rules
from compensation.rules.quotas import CellRefused, Column, Wanted
from customers.rules.encodings import FileRefused
from customers.rules.files import RawRow, open_table

MOST_ROWS = 5_000


@transaction.atomic
def import_quotas(
    plan: BonusPlan, file: IO[bytes], *, file_name: str, mark: str = "", acting_user: User, at: datetime
) -> QuotaImport:
    """What a CSV file would change, row by row; nothing changes yet. Without ``mark`` the decimal mark is guessed.

    Raises ``FileRefused`` for what can't be read as a table of quotas at all.
    """
    columns, table = columns_of(plan), open_table(file)
    names = [rules.named(heading, columns) for heading in table.headings]
    if lacking := rules.lacking(names):
        raise FileRefused(lacking)
    raw = list(islice(table.rows, MOST_ROWS + 1))
    if len(raw) > MOST_ROWS:
        raise FileRefused(f"The file has more than {MOST_ROWS:,} rows. Split it and import the parts.")
    amounts = {column.name for column in columns if not column.is_day}
    mark = mark or rules.mark_of(
        cell for row in raw for name, cell in zip(names, row.cells, strict=False) if name in amounts
    )
    reader = _Reader(plan, columns, names, mark, acting_user)
    rows = [reader.row(row) for row in raw]
    told = [row for row in rows if row["reason"] or row["before"] != row["after"]]
    plan.quota_imports.filter(applied_at=None, made_by=acting_user).delete()
    return plan.quota_imports.create(
        file_name=file_name[:200],
        read_as=f"{table.format}, with a decimal {rules.MARKS[mark]}",
        headings=table.headings,
        left_out=[heading for heading, name in zip(table.headings, names, strict=True) if heading and not name],
        rows=told,
        unchanged=len(rows) - len(told),
        made_by=acting_user,
        made_at=at,
    )


class _Reader:
    """Rows of one file against a plan's people."""

    def __init__(self, plan: BonusPlan, columns: Sequence[Column], names: Sequence[str], mark: str, user: User) -> None:
        self.columns, self.names, self.mark, self.user = columns, names, mark, user
        members = list(table_members(plan))
        self.now = terms_of(plan, members, columns)
        self.by_email = {member.salesperson.email.lower(): member for member in members}
        self.by_number = {number: member for member in members if (number := member.salesperson.employee_number)}
        self.lines: dict[int, int] = {}

    def row(self, raw: RawRow) -> dict[str, Any]:
        """As ``QuotaImport.rows`` keeps it."""
        told: dict[str, Any] = {"line": raw.line, "cells": raw.cells, "member": None, "name": "", "reason": ""}
        told |= {"before": {}, "after": {}}
        try:
            if raw.flaw:
                raise CellRefused(f"The row {raw.flaw}. Mend it.")
            cells = dict(zip(self.names, raw.cells, strict=True))
            member = self._member(cells)
            told |= {"member": member.pk, "name": str(member.salesperson)}
            return told | {"before": self.now[member.pk], "after": self._terms(member, cells, raw.line)}
        except CellRefused as refused:
            return told | {"reason": str(refused)}

    def _member(self, cells: Mapping[str, str]) -> PlanMember:
        number, email = cells.get(rules.NUMBER, "").removeprefix("'"), cells.get(rules.EMAIL, "").removeprefix("'")
        named = [(number, self._numbered(number))] if number else []
        named += [(email, self.by_email.get(email.lower()))] if email else []
        if not named:
            raise CellRefused("Neither an employee number nor an e-mail says who this is. Fill one in.")
        for text, member in named:
            if member is None:
                raise CellRefused(f"This plan pays nobody with “{text[:60]}”. Mend it, or add the person to the plan.")
            if member != named[0][1]:
                raise CellRefused("The employee number and the e-mail are two people’s. Mend one.")
        assert named[0][1] is not None
        return named[0][1]

    def _numbered(self, number: str) -> PlanMember | None:
        """Spreadsheets take leading zeros away: without them a number counts if it is one person's alone."""
        if found := self.by_number.get(number):
            return found
        alike = [member for known, member in self.by_number.items() if known.lstrip("0") == number.lstrip("0")]
        return alike[0] if len(alike) == 1 else None

    def _terms(self, member: PlanMember, cells: Mapping[str, str], line: int) -> dict[str, str]:
        if first := self.lines.get(member.pk):
            raise CellRefused(f"{member.salesperson} stands on line {first} already. Take one of the two out.")
        self.lines[member.pk] = line
        terms, faults = rules.read_terms(cells, self.now[member.pk], self.columns, self.mark)
        if faults:
            raise CellRefused(" ".join(faults))
        if member.salesperson_id == self.user.pk and terms != self.now[member.pk]:
            raise CellRefused(OWN)
        return terms


@transaction.atomic
def apply_quotas(made: QuotaImport, *, acting_user: User, at: datetime) -> int:
    """Save the good rows; how many. One that changed since it was tried becomes a bad one.

    Raises ``ValidationError`` for a file applied already, or without a good row.
    """
    made = QuotaImport.objects.select_for_update().get(pk=made.pk)
    if made.applied_at:
        raise ValidationError("This file is applied already.")
    good = [row for row in made.rows if not row["reason"]]
    if not good:
        raise ValidationError("No row of this file changes anything.")
    wanted = [Wanted(row["member"], row["before"], row["after"]) for row in good]
    refused, _ = set_rows(made.plan, wanted, acting_user=acting_user, at=at)
    for row in good:
        row["reason"] = refused.get(row["member"], "")
    made.applied_by, made.applied_at = acting_user, at
    made.save()
    return len(good) - len(refused)


@transaction.atomic
def undo_quotas(made: QuotaImport, *, acting_user: User, at: datetime) -> list[str]:
    """Put back what was there before; the names of those left, whose values are no more the imported ones.

    Raises ``ValidationError`` where there is nothing to take back.
    """
    made = QuotaImport.objects.select_for_update().get(pk=made.pk)
    if not made.applied_at or made.undone_at:
        raise ValidationError("This file is not applied, or undone already.")
    names = {row["member"]: row["name"] for row in made.rows if not row["reason"]}
    now = terms_of(made.plan, made.plan.members.filter(pk__in=names), columns_of(made.plan))
    wanted = [back for row in made.rows if not row["reason"] and (back := _back(row, now.get(row["member"], {})))]
    refused, _ = set_rows(made.plan, wanted, acting_user=acting_user, at=at)
    restored = {one.member_id for one in wanted} - set(refused)
    if not restored:
        raise ValidationError("Everything of this file was changed since, so nothing is taken back.")
    made.undone_by, made.undone_at = acting_user, at
    made.save(update_fields=["undone_by", "undone_at"])
    return [name for member, name in names.items() if member not in restored]


def _back(row: Mapping[str, Any], now: Mapping[str, str]) -> Wanted | None:
    """The row as it was before, while what the file set still stands."""
    changed = {name: old for name, old in row["before"].items() if row["after"][name] != old}
    if any(now.get(name) != row["after"][name] for name in changed):
        return None
    return Wanted(row["member"], now, {**now, **changed})
