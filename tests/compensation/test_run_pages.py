"""The pages of runs, as compensation and executives use them."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation import actions, rules
from compensation.models import Run
from customers.actions import erase_customer
from customers.models import Customer
from tests.compensation.makers import adjusted, computed, go_on
from tests.conftest import NOW, person


@pytest.fixture
def run(plan, compensation_admin):
    return computed(plan, compensation_admin)


@pytest.fixture
def locked(run, executive):
    return go_on(actions.approve_run(run, acting_user=executive, at=NOW))


def test_from_the_choice_to_the_locked_run(plan, planner, signed_in, executive):
    page = planner.get("/runs/").content.decode()
    assert "January 2026 · year 1 of Rapport" in page
    year = plan.years.get(number=1)
    address = planner.post("/runs/start/", {"run": f"{year.pk}:accrual:2026-01-31"})["Location"]
    assert "Reading the facts" in planner.get(address).content.decode()
    go_on(Run.objects.get())
    assert "Approve and lock" not in planner.get(address).content.decode(), "not by who ran it"
    other = signed_in(executive)
    assert "Approve and lock" in other.get(address).content.decode()
    assert "locked" in other.post(f"{address}approve/", follow=True).content.decode()
    assert "approved this run already" in other.post(f"{address}approve/", follow=True).content.decode()


def test_what_is_not_offered_is_refused_kindly(planner, plan):
    page = planner.post("/runs/start/", {"run": "1:accrual:2030-01-31"}, follow=True).content.decode()
    assert "cannot be made any more" in page
    assert not Run.objects.exists()


def test_progress_is_a_fragment_that_ends_in_the_whole_page(run, planner):
    Run.objects.filter(pk=run.pk).update(state="computing", members_done=1)
    response = planner.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"})
    assert "1 of 2" in response.content.decode()
    assert "HX-Refresh" not in response.headers
    Run.objects.filter(pk=run.pk).update(state="computed", members_done=2)
    assert planner.get(f"/runs/{run.pk}/", headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_statements_are_searched_and_sorted(run, planner):
    names = ("Mark Carver", "Ines Okafor")
    page = planner.get(f"/runs/{run.pk}/?q=Mark").content.decode()
    assert [name in page for name in names] == [True, False]
    for sort in ("team", "amount", "total", "nonsense"):
        assert planner.get(f"/runs/{run.pk}/?sort={sort}&only=provisional").status_code == 200
    assert "Nobody like that" in planner.get(f"/runs/{run.pk}/?only=negative").content.decode()


def test_a_refused_run_says_what_to_mend(plan, owner, compensation_admin, planner):
    owner.quotas.all().delete()
    stopped = computed(plan, compensation_admin)
    page = planner.get(f"/runs/{stopped.pk}/").content.decode()
    assert "What to mend before it can run" in page
    assert "No quota is set for new revenue" in page


def test_dropping_takes_a_reason(run, planner):
    assert "This field is required" in planner.post(f"/runs/{run.pk}/drop/", {"reason": " "}).content.decode()
    planner.post(f"/runs/{run.pk}/drop/", {"reason": "Two quotas were wrong."})
    assert "Two quotas were wrong." in planner.get(f"/runs/{run.pk}/").content.decode()


def test_adjustments_are_decided_by_another(plan, compensation_admin, executive, planner, signed_in):
    made = actions.propose_adjustment(
        plan.members.first(),
        plan.years.first(),
        component="new_revenue",
        amount=-7,
        cause="dispute",
        reason="A sale came back.",
        acting_user=compensation_admin,
        at=NOW,
    )
    assert "Somebody else decides" in planner.get("/runs/adjustments/").content.decode()
    assert (
        "Nothing was decided"
        in planner.post("/runs/adjustments/approve/", {"one": made.pk}, follow=True).content.decode()
    )
    other = signed_in(executive)
    page = other.post("/runs/adjustments/approve/", {"all": 1, "state": "waiting"}, follow=True).content.decode()
    assert "1 adjustment approved" in page
    made.refresh_from_db()
    assert made.approved_by == executive


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


ADDRESSES = ["/runs/", "/runs/{run}/", "/runs/adjustments/?state=approved", "/runs/accruals/", "/payroll/"]


def test_lists_take_the_same_queries_with_20_rows_more(plan, owner, compensation_admin, executive, planner):
    adjusted(plan, compensation_admin, executive)
    first = actions.approve_run(computed(plan, compensation_admin), acting_user=executive, at=NOW)
    before = [queries_of(planner, one.format(run=first.pk)) for one in ADDRESSES]
    for number in range(20):
        someone = person(f"Person {number}", team=owner.team)
        member = plan.members.create(salesperson=someone, target_bonus=1, changed_by=plan.made_by, changed_at=NOW)
        for quota in owner.quotas.all():
            quota.pk, quota.salesperson = None, someone
            quota.save()
        adjusted(plan, compensation_admin, executive, who=member)
    second = computed(plan, compensation_admin, through=date(2026, 2, 28))
    actions.approve_run(second, acting_user=executive, at=NOW)
    after = [queries_of(planner, one.format(run=first.pk)) for one in ADDRESSES]
    assert after == before


def test_a_downloaded_statement_is_reproduced_after_its_customers_were_erased(
    member, sell, customer, rated, compensation_admin, executive, privacy_officer, signed_in, tmp_path
):
    sell("2026-01-05", "9000.00")
    rated({"listening": ["good"] * 6, "follow-up": ["good"] * 6, "asks-about-my-world": ["poor"] * 6})
    run = go_on(actions.approve_run(computed(member.plan, compensation_admin), acting_user=executive, at=NOW))
    statement = run.statements.get(member=member)
    content = signed_in(executive).get(f"/statements/kept/{statement.pk}/download/").content
    for one in Customer.objects.all():
        erase_customer(one, today=NOW.date(), at=NOW)
    assert not Customer.objects.filter(name__startswith="Aldous").exists()
    file = tmp_path / "statement.json"
    file.write_bytes(content)
    out = io.StringIO()
    call_command("statement", str(file), stdout=out)
    assert out.getvalue() == "matches\n"
    (tmp_path / "inputs.json").write_text(json.dumps(json.loads(content)["inputs"]))
    out = io.StringIO()
    call_command("statement", str(tmp_path / "inputs.json"), stdout=out)
    assert out.getvalue() == rules.dumps(json.loads(content)["statement"])
    assert signed_in(executive).get(f"/statements/kept/{statement.pk}/download/").content == content
