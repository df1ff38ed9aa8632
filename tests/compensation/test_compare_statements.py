"""Two months side by side, what would move the pay, what an answer is worth, and the same on paper."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compensation import queries
from compensation.models import PlanMember, Quota
from compensation.queries.next_year import next_year_of
from tests.conftest import NOW, person


@pytest.fixture
def facts(member, sell, rated):
    """A sale in March, one in November, 12 customers who answered two behaviours and 2 who answered the third."""
    sell("2026-03-01", "60000.00")
    sell("2026-11-02", "30000.00")
    rated({"listening": ["good"] * 11 + ["poor"], "follow-up": ["good"] * 12, "asks-about-my-world": ["good"] * 2})


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_month_is_compared_line_by_line_with_its_reasons(member, facts, owner, signed_in):
    page = page_of(signed_in(owner), f"/statements/{member.pk}/compare/?from=2026-10-31&to=2026-11-24")
    assert "Revenue 0, now 30,000" in page
    assert "Revenue 60,000, the same" in page
    assert "Days:</b> 304, now 328, of 365" in page
    assert "The same answers" in page


def test_the_order_of_the_two_days_does_not_matter(member, facts, owner, signed_in):
    client, address = signed_in(owner), f"/statements/{member.pk}/compare/"
    asked = ("?from=2026-03-31&to=2026-09-30", "?from=2026-09-30&to=2026-03-31")
    one, other = (client.get(f"{address}{days}").context["comparison"] for days in asked)
    assert one.lines == other.lines


@pytest.mark.parametrize("asked", ["", "?from=x&to=y", "?from=2026-02-31", "?year=99"])
def test_what_cannot_be_compared_is_not_asked_for(asked, member, facts, owner, signed_in):
    status = signed_in(owner).get(f"/statements/{member.pk}/compare/{asked}").status_code
    assert status == (404 if "year" in asked else 200)


def test_a_comparison_withholds_what_the_statement_withholds(member, facts, owner, manager, signed_in):
    address = f"/statements/{member.pk}/compare/?from=2026-01-31&to=2026-11-24"
    said = "now 2 good of 2 customers"
    assert "Asks about my world: under 5 customers, withheld" in page_of(signed_in(owner), address)
    assert said not in page_of(signed_in(owner), address)
    assert said in page_of(signed_in(manager), address)


def test_why_two_months_cannot_be_compared(member, owner, signed_in):
    Quota.objects.all().delete()
    assert "no quota is set" in page_of(signed_in(owner), f"/statements/{member.pk}/compare/")


def test_the_salesperson_sees_what_would_move_it_most(member, facts, owner, signed_in):
    page = page_of(signed_in(owner), "/bonus/")
    assert "The next sale of 30,000 to a customer who bought before" in page
    assert "The next sale of 60,000 to a new customer" in page
    assert "answers good to “Listening”" in page
    assert "answers good to “Asks about my world”" not in page
    assert "What one more good answer is worth" not in page
    assert "Aldous" not in page


def test_the_manager_sees_the_exposure_and_the_remedy(member, facts, manager, signed_in):
    client = signed_in(manager)
    assert "What would move it most" not in page_of(client, f"/statements/{member.pk}/")
    page = page_of(client, "/statements/exposures/?over=2")
    assert "Mark Carver" in page
    assert "k of " in page
    assert "k of " not in page_of(client, "/statements/exposures/?over=50")


def test_exposures_leave_out_oneself_and_other_teams(
    member, facts, manager, plan, outsider, compensation_admin, signed_in
):
    PlanMember.objects.create(
        plan=plan, salesperson=manager, target_bonus=9, changed_by=outsider, changed_at=plan.approved_at
    )
    page = page_of(signed_in(manager), "/statements/exposures/")
    assert outsider.name not in page
    assert page.count("Anna Fuller") == page_of(signed_in(manager), "/statements/").count("Anna Fuller") - 1


def test_exposures_take_the_same_queries_with_20_people_more(member, facts, planner, plan):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert planner.get("/statements/exposures/").status_code == 200
        return len(seen)

    before = count()
    for number in range(20):
        one = person(f"Person {number}", team=member.salesperson.team)
        plan.members.create(salesperson=one, target_bonus=1, changed_by=plan.made_by, changed_at=plan.approved_at)
    assert count() == before


def test_provisional_says_why(member, facts, owner, manager, signed_in):
    address = f"/statements/{member.pk}/"
    assert "Asks about my world rests on under 5 customers" in page_of(signed_in(owner), address)
    assert "Asks about my world rests on 2 answers of 2 customers" in page_of(signed_in(manager), address)


def test_a_statement_on_paper(member, facts, owner, planner, signed_in):
    response = signed_in(owner).get(f"/statements/{member.pk}/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    planner.post(f"/statements/{member.pk}/keep/")
    kept = member.statements.get()
    assert planner.get(f"/statements/kept/{kept.pk}/pdf/").content.startswith(b"%PDF-")


def test_no_paper_where_nothing_can_be_paid(member, owner, signed_in):
    Quota.objects.all().delete()
    assert signed_in(owner).get(f"/statements/{member.pk}/pdf/").status_code == 404


def test_facts_of_a_kept_statement_tell_what_changed_since(member, facts, sell, planner):
    planner.post(f"/statements/{member.pk}/keep/")
    address = f"/statements/kept/{member.statements.get().pk}/facts/continuing_revenue/"
    assert "was computed from" not in page_of(planner, address)
    sell("2026-11-03", "500.00")
    page = page_of(planner, address)
    assert "was computed from" in page
    assert "30,000.00 EUR" in page
    assert "30,500.00 EUR" in page


def test_next_years_mix_on_the_same_facts(member, facts, owner, signed_in):
    found = next_year_of(queries.estimate_of(owner, NOW))
    assert (found.number, found.product_bp, found.relationship_bp) == (2, 5000, 5000)
    page = page_of(signed_in(owner), "/bonus/")
    assert f"{Decimal(found.total):,.2f} on the same facts" in page
    assert f"{Decimal(found.difference):,.2f} {'more' if found.change > 0 else 'less'} than today" in page


def test_the_last_year_has_no_next(member, facts, owner):
    last = member.plan.years.last()
    estimate = queries.estimate_of(owner, NOW)
    assert next_year_of(replace(estimate, year=last)) is None
