"""Making a plan from a template."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Role
from compensation import actions, rules
from compensation.models import BonusPlan, PlanBehaviour, PlanMember, Quota
from firm.models import Notification
from tests.compensation.makers import QUOTAS, respond
from tests.conftest import NOW

FORM = {
    "name": "Three years",
    "template": "80-50-30",
    "starts_on": "2027-01-01",
    "months": "36",
    "currency": "EUR",
    "prior_strength": "10",
    "target_bonus": "24000",
    "new_quota": "100000",
    "continuing_quota": "200000",
}


def make(acting_user, **changes):
    values = {
        "name": "Rapport",
        "template": "80-50-30",
        "starts_on": date(2026, 1, 1),
        "currency": "EUR",
        "target_bonus": Decimal(24000),
        "quotas": QUOTAS,
    }
    return actions.add_plan(**values | changes, acting_user=acting_user, at=NOW)


def test_a_template_makes_a_plan_in_one_step(card, owner, colleague, compensation_admin, signed_in):
    response = signed_in(compensation_admin).post("/plans/add/", FORM)
    plan = BonusPlan.objects.get()
    assert response["Location"] == f"/plans/{plan.pk}/"
    years = [(year.number, year.starts_on, year.ends_on, year.mix.product_bp) for year in plan.years.all()]
    assert years == [
        (1, date(2027, 1, 1), date(2027, 12, 31), 8000),
        (2, date(2028, 1, 1), date(2028, 12, 31), 5000),
        (3, date(2029, 1, 1), date(2029, 12, 31), 3000),
    ]
    assert {member.salesperson for member in plan.members.all()} == {owner, colleague}
    assert Quota.objects.count() == 2 * 3 * 2


def test_weights_and_targets_come_from_the_signed_card(draft):
    frozen = PlanBehaviour.objects.filter(component__year__number=1).values_list("key", "weight_bp", "target")
    assert set(frozen) == {
        ("listening", 6000, Decimal("0.8")),
        ("follow-up", 4000, Decimal("0.8")),
        ("asks-about-my-world", 10_000, Decimal("0.8")),
        ("outside_solutions", 10_000, Decimal("0.8")),
    }


def test_the_baseline_is_the_firms_own_mean_from_5_customers_on(card, rated, owner, compensation_admin):
    rated({"listening": ["good"] * 4 + ["poor"] * 2, "follow-up": ["good"] * 4})
    plan = make(compensation_admin, starts_on=date(2026, 11, 1))
    means = dict(PlanBehaviour.objects.filter(component__year__plan=plan).values_list("key", "prior_mean"))
    assert means["listening"] == Decimal("0.6667")
    assert means["follow-up"] == Decimal("0.8")


def test_executives_hear_of_it(draft, executive):
    assert Notification.objects.get(user=executive).text == "Rapport waits for your approval."


def test_the_maker_is_not_paid_by_their_own_hand(card, owner, compensation_admin):
    compensation_admin.roles = [Role.COMPENSATION, Role.SALESPERSON]
    compensation_admin.save()
    assert {member.salesperson for member in make(compensation_admin).members.all()} == {owner}


def test_a_second_plan_of_the_name_is_its_next_version(draft, compensation_admin):
    assert make(compensation_admin).version == 2


def test_it_needs_a_signed_card_and_says_so(firm, compensation_admin, signed_in):
    response = signed_in(compensation_admin).post("/plans/add/", FORM)
    assert "No report card is signed yet" in response.content.decode()
    assert not BonusPlan.objects.exists()


def test_it_starts_with_a_month(card, compensation_admin, signed_in):
    response = signed_in(compensation_admin).post("/plans/add/", FORM | {"starts_on": "2027-01-15"})
    assert "Did you mean 1 January 2027?" in response.content.decode()


def test_a_card_without_one_measure_is_refused(draft, card, compensation_admin, executive, manager):
    newer = type(card).objects.create(
        year=2026,
        version=2,
        name="Bare",
        first_month=date(2026, 12, 1),
        made_by=manager,
        signed_by=executive,
        signed_at=NOW,
    )
    assert newer.signed_at
    with pytest.raises(ValidationError, match="no behaviour of secret gathering"):
        make(compensation_admin)


def test_only_compensation_makes_plans(card, executive):
    with pytest.raises(PermissionDenied):
        make(executive)


def test_18_months_are_a_year_and_a_half(card, owner, compensation_admin):
    plan = make(compensation_admin, months=18)
    assert [year.span.days for year in plan.years.all()] == [365, 181]


def test_a_mix_that_breaks_the_method_is_named_with_its_numbers():
    mixes = [
        rules.YearMix(
            1, {"new_revenue": 3000, "continuing_revenue": 2000, "secret_gathering": 2500, "relationship": 2500}
        ),
        rules.YearMix(
            2, {"continuing_revenue": 6000, "secret_gathering": 2499, "relationship": 1501}, {"relationship": 7}
        ),
    ]
    assert [(breach.year, breach.text) for breach in rules.warnings(mixes)] == [
        (1, "continuing revenue is paid 20 %, less than new revenue with 30 %"),
        (2, "the relationship share falls from 50 % to 40 %"),
        (2, "secret gathering is 24.99 %, under 25 %"),
        (2, "relationship holds 7 behaviours, more than 6"),
    ]


def test_misfits_make_the_baseline_of_outside_solutions(card, rated, owner, compensation_admin):
    rated({"listening": ["good"]})
    round_ = card.rounds.get()
    for place in range(5):
        respond(round_, owner, f"Misfit {place}", fit="no", offered=place < 2)
    plan = make(compensation_admin, starts_on=date(2026, 11, 1))
    means = dict(PlanBehaviour.objects.filter(component__year__plan=plan).values_list("key", "prior_mean"))
    assert means["outside_solutions"] == Decimal("0.4")


def test_members_of_a_new_plan_start_when_they_were_hired(card, owner, compensation_admin):
    owner.hired_on = date(2026, 3, 1)
    owner.save()
    assert PlanMember.objects.get(plan=make(compensation_admin), salesperson=owner).eligible_from == date(2026, 3, 1)
