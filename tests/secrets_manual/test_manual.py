"""A whole manual as one reader sees it: what is hidden is counted, what lacks is named, health is told."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.urls import reverse

from accounts.models import User
from customers.models import Customer, Interaction
from secrets_manual.actions import record_consent, use_secret
from secrets_manual.models import Category
from secrets_manual.queries import manual_of, manuals_needing, questions_for, usable_for
from tests.conftest import NOW


def test_hidden_are_counted_for_who_may_ask(written, customer, owner, manager):
    written(sensitivity="confidential")
    written(sensitivity="confidential")
    written()
    assert manual_of(customer, owner, NOW).hidden_confidential == 0
    hidden = manual_of(customer, manager, NOW)
    assert (len(hidden.secrets), hidden.hidden_confidential, hidden.may_ask) == (1, 2, True)


def test_own_special_hides_no_confidential(written, customer, owner, colleague):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    written(sensitivity="special", acting_user=colleague)
    written(sensitivity="confidential")
    assert manual_of(customer, colleague, NOW).hidden_confidential == 1


def test_special_of_others_leaves_no_trace(written, customer, owner, colleague):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    before = manual_of(customer, owner, NOW)
    written(sensitivity="special", acting_user=colleague)
    after = manual_of(customer, owner, NOW)
    assert (after.hidden_confidential, after.gaps, after.health) == (0, before.gaps, before.health)


def test_gaps_and_health(written, customer, owner):
    fresh = written()
    written(category=Category.objects.get(key="dream"), at=NOW - timedelta(days=200))
    use_secret(fresh, reference="", note="flowers", acting_user=owner, at=NOW)
    manual = manual_of(customer, owner, NOW)
    assert len(manual.gaps) == 16
    assert (manual.health.coverage, manual.health.freshness) == (Fraction(2, 18), Fraction(1, 2))
    assert (manual.health.secrets, manual.health.used) == (2, 1)


@pytest.mark.parametrize("blank", [True, False])
def test_days_since_the_last_conversation(written, customer, owner, blank):
    if not blank:
        written()
    Interaction.objects.create(customer=customer, by=owner, on=(NOW - timedelta(days=9)).date())
    assert manual_of(customer, owner, NOW).health.days_silent == 9


def test_question_comes_from_what_lacks(written, customer, owner):
    for category in Category.objects.exclude(key="dream"):
        written(category=category)
    assert manual_of(customer, owner, NOW).question[0] == "dream"
    assert questions_for([customer], user=owner, at=NOW)[customer.pk][0] == "dream"
    written(category=Category.objects.get(key="dream"))
    assert manual_of(customer, owner, NOW).question.kind == "more"


def test_query_count_is_constant(written, customer, owner, django_assert_max_num_queries):
    counts = []
    for more in (1, 19):
        for _ in range(more):
            written()
        reader = User.objects.get(pk=owner.pk)
        with django_assert_max_num_queries(6) as seen:
            assert all(secret.text and secret.category.name for secret in manual_of(customer, reader, NOW).secrets)
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_usable_leaves_out_what_is_never_said(written, customer, owner):
    said = written()
    written(never_aloud=True)
    written(audiences=("sales",))
    assert usable_for(customer, audience="service", user=owner, at=NOW) == [said]


def test_blank_manuals_of_high_value_come_first(written, customer, owner, colleague):
    written()
    standard = Customer.objects.create(name="Standard", owner=owner)
    dear = Customer.objects.create(name="Dear", owner=owner, tier="high_value")
    Customer.objects.create(name="Not mine", owner=colleague, tier="high_value")
    assert manuals_needing(owner, at=NOW) == [dear, standard, customer]


def test_reads_page_is_the_privacy_officers(secret, signed_in, customer, owner, privacy_officer):
    signed_in(owner).get(reverse("secret", args=[secret.pk]))
    page = signed_in(privacy_officer).get(reverse("reads")).content.decode()
    assert owner.name in page
    assert "Swims in" not in page
