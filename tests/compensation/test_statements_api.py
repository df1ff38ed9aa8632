"""Statements for other systems: whose, what is withheld, and the golden cases through the check."""

import json
from fractions import Fraction

import pytest

from compensation import rules
from tests.api import Api
from tests.compensation.cases import GOLDEN, GOLDEN_FILE, small
from tests.compensation.issued import issue

READ = "statements:read"


@pytest.fixture
def statement(member, compensation_admin, second_executive):
    return issue(member, run_by=compensation_admin, approved_by=second_executive)


def ids(answer):
    return [row["id"] for row in answer.json()["results"]]


def test_everybody_reads_what_their_pages_show(statement, request):
    seen = {
        who: ids(Api(request.getfixturevalue(who), READ).get("statements/"))
        for who in ("owner", "colleague", "manager", "compensation_admin", "service_agent")
    }
    mine = [statement.pk]
    assert seen == {"owner": mine, "colleague": [], "manager": mine, "compensation_admin": mine, "service_agent": []}


def test_a_statement_and_its_file(statement, owner):
    api = Api(owner, READ)
    row = api.get(f"statements/{statement.pk}/").json()
    kept = {name: row[name] for name in ("kind", "plan_year", "total", "currency", "inputs_hash", "salesperson")}
    assert kept == {
        "kind": "final",
        "plan_year": 1,
        "total": rules.statement(small())["total"],
        "currency": "EUR",
        "inputs_hash": rules.digest(small()),
        "salesperson": owner.pk,
    }
    file = api.get(f"statements/{statement.pk}/file/").json()
    assert file == {"inputs": small(), "statement": rules.statement(small())}
    [checked] = api.post("statements/check/", file).json()
    assert checked["is_verified"]


def test_what_a_run_computed_shows_once_it_is_locked(member, compensation_admin, owner):
    issue(member, run_by=compensation_admin, approved_by=None)
    assert ids(Api(owner, READ).get("statements/")) == []


def test_counts_of_a_few_customers_stay_withheld_from_whom_they_rated(
    member, compensation_admin, second_executive, owner, manager
):
    accrual = issue(member, run_by=compensation_admin, approved_by=second_executive, kind="accrual")
    path = f"statements/{accrual.pk}/file/"
    assert Api(owner, READ).get(path).status_code == 403
    assert Api(manager, READ).get(path).status_code == 200


def test_golden_cases_are_verified(owner):
    answer = Api(owner, READ).post("statements/check/", json.loads(GOLDEN_FILE.read_text()))
    assert [(one["name"], one["is_verified"]) for one in answer.json()] == [(case["name"], True) for case in GOLDEN]


def test_a_changed_cent_is_named_by_its_node(owner):
    stated = rules.statement(small())
    stated["lines"][1]["amount"] = "1.00"
    [one] = Api(owner, READ).post("statements/check/", {"inputs": small(), "statement": stated}).json()
    assert one["is_verified"] is False
    assert [found["path"] for found in one["differences"]] == [["total", "relationship", "amount"]]


def test_what_is_no_statement_is_a_problem(owner):
    answer = Api(owner, READ).post("statements/check/", {"inputs": {}})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["file"])


def test_scope_and_deeds(statement, owner):
    other, own = Api(owner, "results:read"), Api(owner, READ)
    assert other.get("statements/").status_code == 403
    assert other.post("statements/check/", {}).status_code == 403
    assert own.post("statements/", {}).status_code == 405


def test_the_list_takes_the_same_queries_with_more_rows(
    statement, member, compensation_admin, second_executive, owner, django_assert_max_num_queries
):
    issue(member, run_by=compensation_admin, approved_by=second_executive, kind="accrual")
    api = Api(owner, READ)
    with django_assert_max_num_queries(8):
        assert len(ids(api.get("statements/"))) == 2


def test_the_trace_leads_from_the_total_to_the_sales(member, sell, owner, manager, planner):
    sold = [sell("2026-03-01", "60000.00"), sell("2026-11-02", "30000.00")]
    planner.post(f"/statements/{member.pk}/keep/")
    kept = member.statements.get()
    root = Api(owner, READ).get(f"statements/{kept.pk}/trace/").json()
    assert (root["label"], root["value"]) == ("total", str(Fraction(kept.result["total"])))
    assert sum(Fraction(line["value"]) for line in root["children"]) == Fraction(root["value"])
    by_label = {node["label"]: node for node in walk(root)}
    revenue = [node for node in walk(root) if node["label"] == "revenue"]
    assert [node["sales"] for node in revenue] == [[one.pk] for one in sold]
    assert [node["sources"] for node in revenue] == [["components[0].actual"], ["components[1].actual"]]
    assert by_label["quota"]["formula"].startswith("200,000 × ")


def walk(node):
    yield node
    for child in node["children"]:
        yield from walk(child)
