"""The audit of a statement: every act behind its numbers, what still holds, and the table to take away."""

import csv
from datetime import timedelta
from decimal import Decimal

import pytest

from compensation import actions, rules
from compensation.models import Run
from compensation.queries.audit import acts_of, proofs_of
from tests.compensation.cases import small
from tests.compensation.issued import issue
from tests.conftest import NOW


@pytest.fixture
def statement(member, compensation_admin, second_executive):
    """A final statement whose run's hash is over its inputs."""
    chain = rules.Chain("")
    chain.add(rules.canonical(small()))
    made = issue(member, run_by=compensation_admin, approved_by=None)
    Run.objects.update(facts_hash=chain.hexdigest, facts_at=None)
    made.run.refresh_from_db()
    made.run.state, made.run.approved_by, made.run.approved_at = "locked", second_executive, NOW
    made.run.save()
    return made


def said(acts):
    return {act.about: (act.value, act.by) for act in acts}


def test_it_names_who_set_what(statement, compensation_admin, executive, second_executive):
    acts = said(acts_of(statement))
    assert acts["Target bonus and days"] == ("24,000.00, from the start until the end", compensation_admin.name)
    assert acts["Quota, new revenue"] == ("100,000.00", compensation_admin.name)
    assert acts["Plan approved"][1] == second_executive.name
    assert acts["Report card signed"][1] == executive.name
    assert acts["Run approved"] == (statement.run.facts_hash, second_executive.name)
    assert acts["Facts frozen"] == (statement.inputs_hash, "")


def test_what_was_set_after_the_facts_were_frozen_is_not_told(statement, member, compensation_admin):
    before = acts_of(statement)
    actions.set_quota(
        member,
        target_bonus=Decimal("30000.00"),
        eligible_from=None,
        eligible_until=None,
        quotas={},
        acting_user=compensation_admin,
        at=NOW + timedelta(days=1),
    )
    assert acts_of(statement) == before


def test_everything_holds_and_a_broken_chain_is_told(statement, member, compensation_admin, second_executive):
    assert [proof.holds for proof in proofs_of(statement)] == [True, True, True]
    other = issue(member, run_by=compensation_admin, approved_by=second_executive, kind="accrual")
    assert [proof.holds for proof in proofs_of(other)] == [True, True, False]


def test_a_statement_kept_by_hand_has_no_run(member, planner):
    planner.post(f"/statements/{member.pk}/keep/")
    kept = member.statements.get()
    assert len(proofs_of(kept)) == 2
    assert said(acts_of(kept))["Kept by hand"][0] == kept.inputs_hash


def test_the_table_is_safe_to_open(statement, planner):
    response = planner.get(f"/statements/kept/{statement.pk}/audit/export/")
    rows = list(csv.reader(response.content.decode("utf-8-sig").splitlines()))
    assert rows[0] == ["about", "value", "by", "at"]
    assert ["Quota, new revenue", "100,000.00"] in [row[:2] for row in rows]
    assert sum(row[1].startswith("holds: ") for row in rows) == 3


def test_the_page_leads_there_only_whom_it_opens_to(statement, owner, planner, signed_in):
    address = f"/statements/kept/{statement.pk}/audit/"
    page = f"/statements/kept/{statement.pk}/"
    assert address in planner.get(page).content.decode()
    assert address not in signed_in(owner).get(page).content.decode()
