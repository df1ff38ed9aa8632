"""The page of a whole manual: by category, searched within, filtered by mark, and silent about what is sealed."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from customers.models import Interaction
from secrets_manual.actions import hush_secret, record_consent, rest_secret
from secrets_manual.models import Category, Conversation, Secret, SecretRead
from secrets_manual.queries import manual_of
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("at_noon")


@pytest.fixture
def at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def page(signed_in, customer):
    def get(user, **query):
        return signed_in(user).get(reverse("manual", args=[customer.pk]), query).content.decode()

    return get


def of(key):
    return Category.objects.get(key=key)


def test_by_category_with_gaps_and_health(page, written, owner):
    written()
    written(text="A kiln that burns nothing.", category=of("dream"))
    written(text="Sits on blue glaze.", category=of("inventory_problem"))
    seen = page(owner)
    headings = re.findall(r'<h2 class="label">([^<]+) <span class="num">', seen)
    assert headings == ["Dream", "Recreation", "Inventory problem"]
    assert "What we don’t know yet" in seen
    assert "Categories covered" in seen


def test_words_within_sealed_ones_too(page, written, owner):
    written(text="Swims in the sea.")
    written(text="Pays late in winter.", sensitivity="confidential", category=of("cash_flow_challenge"))
    seen = page(owner, q="wintr")
    assert "<mark>winter</mark>" in seen
    assert "Swims" not in seen
    assert "Nothing like that" in page(owner, q="nobody")


@pytest.mark.parametrize(("mark", "text"), [("never_aloud", "Hushed."), ("resting", "Resting."), ("stale", "Stale.")])
def test_marks(page, written, owner, mark, text):
    written(text="Plain.")
    hush_secret(written(text="Hushed."), acting_user=owner)
    rest_secret(written(text="Resting."), until=NOW + timedelta(days=9), acting_user=owner, at=NOW)
    Secret.objects.filter(pk=written(text="Stale.").pk).update(ask_again_on=NOW.date())
    seen = page(owner, mark=mark)
    assert [words for words in ("Plain.", "Hushed.", "Resting.", "Stale.") if words in seen] == [text]


def test_one_category_alone(page, written, owner):
    written()
    written(text="A kiln that burns nothing.", category=of("dream"))
    seen = page(owner, category="dream")
    assert "A kiln" in seen
    assert "Swims" not in seen


def test_only_what_is_shown_is_noted(page, written, owner):
    shown, _ = written(text="Shown here."), written(text="Left out.")
    page(owner, q="shown")
    assert list(SecretRead.objects.values_list("secret_id", "why")) == [(shown.pk, "manual")]


@pytest.mark.parametrize("sensitivity", ["confidential", "special"])
def test_sealed_ones_move_nothing_of_those_who_may_not_read(written, customer, owner, colleague, sensitivity):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    written()
    before = manual_of(customer, colleague, NOW)
    sealed = written(sensitivity=sensitivity, category=of("dream"))
    after = manual_of(customer, colleague, NOW)
    assert sealed not in after.secrets
    assert (after.health, after.health.score, after.gaps, after.question, after.marks, after.tabs) == (
        before.health,
        before.health.score,
        before.gaps,
        before.question,
        before.marks,
        before.tabs,
    )


def test_the_last_conversation_of_either_kind(customer, owner):
    Interaction.objects.create(customer=customer, by=owner, on=(NOW - timedelta(days=40)).date())
    assert manual_of(customer, owner, NOW).health.days_silent == 40
    Interaction.objects.create(customer=customer, by=owner, on=(NOW - timedelta(days=2)).date(), removed_at=NOW)
    assert manual_of(customer, owner, NOW).health.days_silent == 40
    Conversation.objects.create(customer=customer, by=owner, began_at=NOW - timedelta(days=3), ended_at=NOW)
    assert manual_of(customer, owner, NOW).health.days_silent == 3


def test_hostile_filters(page, written, owner):
    written()
    assert "Swims" in page(owner, mark="nothing")
    assert "Nothing like that" in page(owner, category="' or 1=1", q="\x00%_\\")


def test_query_count_is_constant(signed_in, written, customer, owner, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for _ in range(more):
            written()
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("manual", args=[customer.pk])).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
