"""From sales and answers to frozen inputs."""

from datetime import date
from decimal import Decimal

import pytest

from compensation import queries, rules
from compensation.models import BonusPlan, Quota
from customers.models import Customer
from tests.compensation.makers import answer, at, respond
from tests.conftest import NOW


def year_of(member):
    return queries.years_begun(member.plan, date(2026, 11, 24)).get()


def revenue(member, through=date(2026, 11, 24)):
    return dict(queries.revenue_of(member, year_of(member), through=through))


def test_a_sale_is_continuing_when_we_sold_to_the_customer_in_the_year_before(member, sell, customer, owner):
    sell("2025-06-01", "1.00")
    sell("2026-06-01", "10.00")
    stranger = Customer.objects.create(name="Stranger", owner=owner)
    sell("2025-06-01", "2.00", to=stranger)
    sell("2026-06-02", "300.00", to=stranger)
    sell("2026-06-02", "4000.00", to=stranger)
    sell("2026-06-03", "50000.00", to=stranger)
    assert revenue(member) == {
        "continuing_revenue": Decimal("50010.00"),
        "new_revenue": Decimal("4300.00"),
    }


def test_a_colleagues_sale_makes_the_next_one_continuing_but_pays_the_colleague(member, sell, colleague):
    sell("2026-02-01", "100.00", by=colleague)
    sell("2026-03-01", "7.00")
    assert revenue(member) == {"continuing_revenue": Decimal("7.00")}


def test_removed_sales_and_those_outside_the_days_do_not_pay(member, sell):
    sell("2025-12-31", "1.00", removed_at=NOW)
    sell("2026-01-01", "20.00")
    sell("2026-02-01", "300.00", removed_at=NOW)
    sell("2026-11-24", "4000.00")
    sell("2026-11-25", "50000.00")
    assert revenue(member) == {"new_revenue": Decimal("20.00"), "continuing_revenue": Decimal("4000.00")}
    member.eligible_from = date(2026, 1, 2)
    assert revenue(member) == {"continuing_revenue": Decimal("4000.00")}


def test_amounts_convert_at_the_plans_fixed_rates(member, sell):
    member.plan.rates = {"USD": "0.925"}
    sell("2026-03-01", "100.10", currency="USD")
    assert revenue(member) == {"new_revenue": Decimal("92.5925")}


def test_a_missing_rate_is_refused_with_the_list(member, sell, owner):
    sell("2026-03-01", "100.00", currency="USD")
    sell("2026-03-02", "100.00", currency="GBP")
    estimate = queries.estimate_of(owner, NOW)
    assert estimate.result is None
    assert estimate.refused == "the plan has no fixed rate for the currency of S1 (USD), S2 (GBP)"


def test_a_missing_quota_is_refused(member, owner):
    Quota.objects.filter(salesperson=owner, kind="new_revenue").delete()
    assert queries.estimate_of(owner, NOW).refused == "no quota is set for new revenue"


def test_customers_counts_have_no_names_and_are_sorted_by_value(member, rated):
    rated({"listening": ["poor", "good", "cant_judge", "excellent", "fair"]})
    counts = queries.counts_of(member, year_of(member), through=date(2026, 11, 24))
    assert counts["relationship"] == {"listening": [(1, 1), (1, 1), (0, 1), (0, 1)], "follow-up": []}


def test_outside_solutions_pay_from_the_customers_answer_alone(member, rated, owner):
    rated({"listening": ["good"]})
    round_ = member.plan.years.first().card.rounds.get()
    for fields in (
        {"fit": "no", "offered": True},
        {"fit": "no", "offered": False},
        {"fit": "yes"},
        {"fit": "cant_judge"},
    ):
        respond(round_, owner, str(fields), **fields)
    counts = queries.counts_of(member, year_of(member), through=date(2026, 11, 24))
    assert counts["outside_solutions"] == {"outside_solutions": [(1, 1), (0, 1)]}


def test_an_open_round_does_not_pay_yet(member, card, owner):
    round_ = card.rounds.create(month=date(2026, 10, 1), drawn_at=NOW, closes_at=NOW)
    answer(respond(round_, owner, "Early"), "listening", "good")
    assert queries.counts_of(member, year_of(member), through=date(2026, 11, 24))["relationship"]["listening"] == []


def test_an_estimate_scales_the_days_and_agrees_with_the_engine(member, owner, sell, rated):
    sell("2026-03-01", "90000.00")
    rated({"listening": ["good"] * 12, "follow-up": ["good"] * 11 + ["poor"]})
    estimate = queries.estimate_of(owner, NOW)
    inputs = estimate.inputs
    assert (inputs["eligible_days"], inputs["period_days"], inputs["target_bonus"]) == (328, 365, "24000.00")
    assert [part["weight_bp"] for part in inputs["components"]] == [4000, 4000, 1000, 800, 200]
    assert rules.statement(inputs) == estimate.statement
    new = estimate.statement["lines"][0]
    assert new["attainment"] == str(rules.compute(inputs).lines[0].attainment)
    assert inputs["components"][4]["behaviours"][1]["customers"] == [[1, 1]] * 11 + [[0, 1]]


def test_days_run_from_eligible_to_eligible(member, owner):
    type(member).objects.filter(pk=member.pk).update(eligible_from="2026-03-01", eligible_until="2026-03-31")
    assert queries.estimate_of(owner, NOW).inputs["eligible_days"] == 31
    type(member).objects.filter(pk=member.pk).update(eligible_from="2027-03-01", eligible_until=None)
    assert queries.estimate_of(owner, NOW).statement["total"] == "0.00"


def test_few_answers_make_a_line_provisional_and_withhold_counts(member, owner, rated):
    rated({"listening": ["good"] * 12, "follow-up": ["good"] * 4})
    estimate = queries.estimate_of(owner, NOW)
    assert estimate.is_provisional("relationship")
    assert not estimate.is_provisional("new_revenue")
    assert estimate.withheld == {"relationship"}


@pytest.mark.parametrize(
    ("pairs", "provisional", "withheld"),
    [
        ([], True, False),
        ([(1, 1)] * 4, True, True),
        ([(1, 3)] * 4, True, True),
        ([(1, 2)] * 5, True, False),
        ([(1, 3)] * 5, False, False),
        ([(1, 1)] * 12, False, False),
    ],
)
def test_the_marks_of_few_answers(pairs, provisional, withheld):
    assert (rules.is_provisional(pairs), rules.is_withheld(pairs)) == (provisional, withheld)


def test_only_an_approved_plan_pays_the_newest_first(plan, owner, compensation_admin):
    assert queries.estimate_of(owner, at(2025, 12, 31)) is None
    assert queries.estimate_of(owner, at(2026, 1, 1)).member.plan == plan
    assert queries.estimate_of(compensation_admin, NOW) is None
    draft = BonusPlan.objects.create(
        name="Later", currency="EUR", starts_on=date(2026, 6, 1), made_by=compensation_admin
    )
    draft.members.create(salesperson=owner, target_bonus=1, changed_by=compensation_admin, changed_at=NOW)
    assert queries.estimate_of(owner, NOW).member.plan == plan


def test_an_estimate_takes_the_same_queries_whatever_it_reads(
    member, owner, sell, rated, django_assert_max_num_queries
):
    for day in range(1, 21):
        sell(f"2026-03-{day:02}", "100.00")
    rated({"listening": ["good"] * 20})
    with django_assert_max_num_queries(13):
        queries.estimate_of(owner, NOW)
