"""The page of one secret: its words, its past for those who keep it, its uses, and every look at it noted."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from secrets_manual.actions import change_secret, note_reads, record_consent, use_secret
from secrets_manual.models import Category, SecretRead
from secrets_manual.queries import past_of
from tests.conftest import NOW


@pytest.fixture
def page(signed_in):
    def get(user, secret):
        return signed_in(user).get(reverse("secret", args=[secret.pk])).content.decode()

    return get


def rewrite(secret, text, user):
    kept = {"category": secret.category, "sensitivity": secret.sensitivity, "audiences": secret.audiences}
    change_secret(secret, text=text, **kept, acting_user=user, at=NOW)


def test_the_past_is_for_keepers(page, secret, owner, colleague):
    rewrite(secret, "Swims in the lake.", owner)
    assert "in the sea" in page(owner, secret)
    assert "Who read it" in page(owner, secret)
    seen = page(colleague, secret)
    assert "Swims in the lake." in seen
    assert "in the sea" not in seen
    assert "Who read it" not in seen


def test_uses_are_shown(page, secret, owner, colleague):
    use_secret(secret, reference="case:1", note="a towel for the surprise", acting_user=colleague, at=NOW)
    seen = page(owner, secret)
    assert "a towel for the surprise" in seen
    assert "Rests until" in seen


def test_every_look_is_noted(page, secret, colleague):
    page(colleague, secret)
    page(colleague, secret)
    assert (
        list(SecretRead.objects.values_list("user", "secret_id", "why")) == [(colleague.pk, secret.pk, "its page")] * 2
    )


def test_nothing_is_noted_of_what_was_not_shown(signed_in, secret, outsider):
    assert signed_in(outsider).get(reverse("secret", args=[secret.pk])).status_code == 404
    assert not SecretRead.objects.exists()


def test_whose_it_is(page, written, contact, owner):
    assert "Judith Aldous" in page(owner, written(contact=contact))


def test_query_count_is_constant(signed_in, secret, owner, django_assert_max_num_queries):
    client, counts = signed_in(owner), []
    for more in (1, 19):
        for number in range(more):
            rewrite(secret, f"Swims in lake {number}.", owner)
            note_reads([secret], user=owner, why="search", at=NOW)
        with django_assert_max_num_queries(25) as seen:
            assert client.get(reverse("secret", args=[secret.pk])).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]


def test_still_true(signed_in, secret, owner, time_machine):
    later = NOW.replace(year=2027)
    time_machine.move_to(later)
    assert signed_in(owner).post(reverse("confirm_secret", args=[secret.pk])).status_code == 302
    secret.refresh_from_db()
    assert secret.confirmed_at.date() == later.date()
    assert secret.ask_again_on > later.date()


def test_who_found_it_undoes_what_marketing_may_not_read(signed_in, customer, marketer):
    client = signed_in(marketer)
    client.post(reverse("log_secret"), {"customer": customer.pk, "text": "Swims in winter."})
    secret = customer.secrets.get()
    assert client.get(reverse("secret", args=[secret.pk])).status_code == 404
    assert client.post(reverse("remove_secret", args=[secret.pk])).status_code == 302
    secret.refresh_from_db()
    assert secret.removed_at
    assert client.post(reverse("restore_secret", args=[secret.pk])).status_code == 302


def test_past_special_words_stay_with_their_author(written, customer, owner, colleague):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    secret = written(text="a special past", sensitivity="special")
    fields = {"category": secret.category, "audiences": ["sales"], "acting_user": owner, "at": NOW}
    change_secret(secret, text="harmless", sensitivity="confidential", reason="No longer so.", **fields)
    assert [text.text for text in past_of(secret, owner)] == ["a special past"]
    assert list(past_of(secret, colleague)) == []
    assert secret.texts.get(is_current=True).reason == "No longer so."


def test_moving_into_a_quiet_category_takes_the_owners_reason(written, owner, colleague):
    secret = written(sensitivity="shared")
    quiet = Category.objects.get(key="family_priority")
    fields = {"text": "x", "category": quiet, "sensitivity": "shared", "audiences": ["sales"], "at": NOW}
    with pytest.raises(ValidationError):
        change_secret(secret, **fields, acting_user=colleague)
    change_secret(secret, **fields, acting_user=owner, reason="The whole town knows.")
