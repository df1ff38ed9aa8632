"""The statement page, its facts, its file."""

import io
import json
from datetime import date
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from compensation import actions, queries
from compensation.models import Adjustment, BonusPlan, Run, Statement
from tests.compensation.cases import small
from tests.compensation.issued import issue
from tests.compensation.makers import adjusted, computed
from tests.conftest import NOW, person


@pytest.fixture
def facts(member, sell, rated):
    """12 customers who answered, and 90,000 of new revenue."""
    sell("2026-03-01", "90000.00")
    rated({"listening": ["good"] * 11 + ["poor"], "follow-up": ["good"] * 12, "asks-about-my-world": ["good"] * 12})


def test_my_bonus_opens_to_the_formula_with_the_numbers(member, facts, owner, signed_in):
    page = signed_in(owner).get("/bonus/").content.decode()
    assert "328 of 365 days" in page
    assert "80\u202f% products, 20\u202f% relationships" in page
    assert "24,000 × 40 % × 328/365 days × " in page
    assert "90,000 ÷ 89,863.0137 = <b>100.15 %" in page
    assert "(11 good of 12 customers + 10 × 80 % baseline) ÷ (12 + 10)" in page


def test_somebody_without_a_plan_gets_a_kind_page(owner, signed_in):
    assert "Your bonus will stand here" in signed_in(owner).get("/bonus/").content.decode()


def test_the_page_says_why_nothing_can_be_paid(member, owner, signed_in):
    owner.quotas.all().delete()
    page = signed_in(owner).get("/bonus/").content.decode()
    assert "no quota is set for new revenue" in page
    assert signed_in(owner).get(f"/statements/{member.pk}/download/").status_code == 404


def test_a_few_customers_counts_are_withheld_from_the_rated_alone(member, rated, owner, manager, signed_in):
    rated({"listening": ["good", "poor", "good"]})
    own, managers = (signed_in(user).get(f"/statements/{member.pk}/").content.decode() for user in (owner, manager))
    assert "withheld until 5 customers have answered" in own
    assert "2 good of 3 customers" not in own
    assert "2 good of 3 customers" in managers
    facts = f"/statements/{member.pk}/facts/relationship/"
    assert "Fewer than 5 customers answered" in signed_in(owner).get(facts).content.decode()
    assert "3 customers answered" in signed_in(manager).get(facts).content.decode()
    assert signed_in(owner).get(f"/statements/{member.pk}/download/").status_code == 403
    assert signed_in(manager).get(f"/statements/{member.pk}/download/").status_code == 200


def test_the_downloaded_file_is_checked_by_the_command_byte_for_byte(member, facts, owner, signed_in, tmp_path):
    response = signed_in(owner).get(f"/statements/{member.pk}/download/")
    file = tmp_path / "statement.json"
    file.write_bytes(response.content)
    out = io.StringIO()
    call_command("statement", str(file), stdout=out)
    assert out.getvalue() == "matches\n"
    inputs = tmp_path / "inputs.json"
    content = json.loads(response.content)
    inputs.write_text(json.dumps(content["inputs"]))
    out = io.StringIO()
    call_command("statement", str(inputs), stdout=out)
    assert json.loads(out.getvalue()) == content["statement"]
    assert "Aldous" not in response.content.decode()


def test_facts_list_the_sales_of_the_line(member, facts, sell, owner, signed_in):
    sell("2026-04-01", "77.00")
    client = signed_in(owner)
    new, continuing = (
        client.get(f"/statements/{member.pk}/facts/{key}/").content.decode()
        for key in ("new_revenue", "continuing_revenue")
    )
    assert "90,000.00" in new
    assert "77.00" not in new
    assert "Aldous &amp; Daughter" in continuing
    assert "77.00 EUR" in continuing


def test_facts_of_ratings_show_counts_without_names(member, facts, manager, signed_in):
    page = signed_in(manager).get(f"/statements/{member.pk}/facts/relationship/").content.decode()
    assert "12 customers answered" in page
    assert "Customer 1" not in page


def test_facts_of_no_component_and_years_not_begun_are_not_found(member, owner, signed_in):
    client = signed_in(owner)
    for address in ("facts/favours/", "?year=2", "?year=x", "?year=99999999999"):
        status = client.get(f"/statements/{member.pk}/{address}").status_code
        assert status == (404 if "year=2" in address or "favours" in address else 200)


def test_compensation_keeps_a_statement_that_never_changes(facts, member, sell, planner, client):
    response = planner.post(f"/statements/{member.pk}/keep/")
    client.force_login(member.salesperson)
    kept = Statement.objects.get()
    assert response["Location"] == f"/statements/kept/{kept.pk}/"
    sell("2026-05-01", "50000.00")
    page = client.get(f"/statements/kept/{kept.pk}/").content.decode()
    assert f"{float(kept.result['total']):,.2f}" in page
    assert kept.inputs_hash[:12] in page
    assert client.get(f"/statements/kept/{kept.pk}/download/").status_code == 200
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Statement.objects.update(result={})


def test_nothing_is_kept_where_nothing_can_be_paid(member, compensation_admin, owner, signed_in):
    owner.quotas.all().delete()
    response = signed_in(compensation_admin).post(f"/statements/{member.pk}/keep/", follow=True)
    assert "There is nothing to keep" in response.content.decode()
    assert not Statement.objects.exists()


def test_a_member_sees_the_plan_but_nobody_elses_pay(plan, owner, colleague, service_agent, signed_in):
    page = signed_in(owner).get(f"/plans/{plan.pk}/").content.decode()
    assert "secret gathering is 10 %, under 25 %" in page
    assert colleague.name not in page
    assert signed_in(service_agent).get(f"/plans/{plan.pk}/").status_code == 404


def pay(plan, user):
    """``user`` is paid by the plan from now on, set by its maker."""
    plan.members.create(salesperson=user, target_bonus=1, changed_by=plan.made_by, changed_at=plan.approved_at)


def test_managers_list_their_teams_alone(plan, outsider, manager, signed_in):
    pay(plan, outsider)
    page = signed_in(manager).get("/statements/").content.decode()
    assert "Mark Carver" in page
    assert outsider.name not in page


def test_the_list_says_what_is_booked_and_finds_by_name(member, manager, compensation_admin, executive, signed_in):
    client = signed_in(manager)
    assert "nothing yet" in client.get("/statements/").content.decode()

    actions.approve_run(computed(member.plan, compensation_admin), acting_user=executive, at=NOW)

    page = client.get("/statements/?q=carver").content.decode()
    assert "through 31 Jan 2026" in page
    assert "Nobody like that" in client.get("/statements/?q=zeppelin").content.decode()


def test_people_of_a_plan_come_in_pages_and_are_found_by_name(member, planner, monkeypatch):
    monkeypatch.setattr(import_module("compensation.views.plans"), "PEOPLE", 1)

    first = planner.get(f"/plans/{member.plan_id}/").context["people"]

    assert len(first) == 1
    assert first.has_next()
    found = planner.get(f"/plans/{member.plan_id}/?q=carver").content.decode()
    assert f'href="/statements/{member.pk}/"' in found
    assert "Nobody like that." in planner.get(f"/plans/{member.plan_id}/?q=zeppelin").content.decode()


def queries_of(client, address):
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.parametrize(
    "address", ["/plans/", "/plans/{plan}/", "/statements/", "/statements/{member}/facts/new_revenue/"]
)
def test_lists_take_the_same_queries_with_20_rows_more(address, member, sell, planner):
    plan = member.plan
    address = address.format(plan=plan.pk, member=member.pk)
    sell("2026-03-01", "1.00")
    before = queries_of(planner, address)
    for number in range(20):
        pay(plan, person(f"Person {number}", team=member.salesperson.team))
        BonusPlan.objects.create(name=f"{number}", currency="EUR", starts_on="2026-01-01", made_by=plan.made_by)
        sell("2026-03-01", "1.00")
    assert queries_of(planner, address) == before


def final_run(estimate, run_by):
    year = estimate.year
    return Run.objects.create(
        plan=year.plan, year=year, kind="final", through=year.ends_on, state="computed", run_by=run_by, run_at=NOW
    )


def test_the_final_statement_withholds_nothing(member, rated, owner, compensation_admin, signed_in):
    rated({"listening": ["good", "poor", "good"]})
    estimate = queries.estimate_of(owner, NOW)
    kept = actions.keep_statement(estimate, acting_user=compensation_admin, at=NOW)
    final = Statement.objects.create(
        member=member,
        year=estimate.year,
        kind="final",
        run=final_run(estimate, compensation_admin),
        as_of=kept.as_of,
        inputs=kept.inputs,
        inputs_hash=kept.inputs_hash,
        result=kept.result,
        kept_by=compensation_admin,
        kept_at=NOW,
    )
    client = signed_in(owner)
    assert client.get(f"/statements/kept/{final.pk}/").status_code == 404
    Run.objects.update(state="locked", approved_by=person("Erik Signs"), approved_at=NOW)
    assert client.get(f"/statements/kept/{kept.pk}/download/").status_code == 403
    assert client.get(f"/statements/kept/{final.pk}/download/").status_code == 200
    assert "2 good of 3 customers" in client.get(f"/statements/kept/{final.pk}/").content.decode()


def test_my_bonus_is_the_final_statement_once_its_run_is_locked(
    member, owner, compensation_admin, second_executive, signed_in
):
    kept = issue(member, run_by=compensation_admin, approved_by=None)
    client = signed_in(owner)
    assert "estimate</span>" in client.get("/bonus/").text, "a run that waits for approval shows nothing yet"
    Run.objects.update(state="locked", approved_by=second_executive, approved_at=NOW)
    for page in (client.get("/bonus/"), client.get("/bonus/?year=1")):
        assert page.context["estimate"].statement == kept.result
        assert "estimate</span>" not in page.text
        assert f"/statements/kept/{kept.pk}/facts/" in page.text
    on_today = client.get(f"/statements/{member.pk}/")
    assert on_today.context["estimate"].statement != kept.result
    assert f"/statements/kept/{kept.pk}/" in on_today.text
    home = client.get("/today/bonus/", headers={"HX-Request": "true"}).text
    assert "Bonus this year, final" in home


def test_what_was_put_right_stands_on_the_statement(plan, member, owner, compensation_admin, executive, signed_in):
    kept = issue(member, run_by=compensation_admin, approved_by=executive)
    made = adjusted(plan, compensation_admin, executive, who=member)
    client, page = signed_in(owner), f"/statements/kept/{kept.pk}/"
    assert "Put right" not in client.get(page).text
    Adjustment.objects.filter(pk=made.pk).update(settled_in=kept.run)
    shown = client.get(page).text
    assert "The sale was credited to the wrong person." in shown
    assert "With this run" in shown
    assert "125.50" in shown


def test_the_days_open_to_the_leave_behind_them(member, facts, owner, compensation_admin, signed_in):
    client = signed_in(owner)
    kept = issue(member, run_by=compensation_admin, approved_by=person("Erik Signs"), inputs=small(eligible_days=365))
    assert "1 January 2026 to 24 November 2026: 328 of 365" in client.get(f"/statements/{member.pk}/").text
    leave = {"starts_on": date(2026, 5, 4), "ends_on": date(2026, 5, 8), "reason": "Parental leave"}
    actions.add_leave(owner, **leave, acting_user=compensation_admin, at=NOW)
    page = client.get(f"/statements/{member.pk}/").text
    assert "without leave from 4 May to 8 May 2026 (5 days): 323 of 365" in page
    assert "Parental" not in page, "why somebody was away is nobody's reading"
    assert "computed for 365" in client.get(f"/statements/kept/{kept.pk}/").text
