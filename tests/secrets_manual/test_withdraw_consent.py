"""Taken back: nobody reads it from that moment, and it is erased on its day, or at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from firm.models import Notification
from secrets_manual.actions import erase_uncovered, grant_access, record_consent, withdraw_consent
from secrets_manual.models import Secret, SecretText, SpecialConsent
from tests.conftest import NOW


@pytest.fixture
def consent(customer, contact, owner):
    return record_consent(customer, contact=contact, wording="You may note it.", acting_user=owner, at=NOW)


@pytest.fixture
def special(consent, written, contact):
    return written("Has diabetes.", sensitivity="special", contact=contact)


def readers(secret, *users, at=NOW):
    return [user for user in users if Secret.objects.visible_to(user, at=at).filter(pk=secret.pk).exists()]


def test_nobody_reads_it_any_more(special, consent, customer, owner, privacy_officer):
    until = NOW + timedelta(days=9)
    grant = {"purpose": "privacy", "until": until, "reference": "privacy:1", "reason": "asked"}
    grant_access(customer, user=privacy_officer, at=NOW, **grant)
    assert readers(special, owner, privacy_officer) == [owner, privacy_officer]
    assert withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW) == 1
    assert readers(special, owner, privacy_officer) == []
    consent.refresh_from_db()
    assert (consent.withdrawn_at, consent.withdrawn_by) == (NOW, owner)


def test_the_sweep_erases_it_after_thirty_days(special, consent, owner):
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    assert erase_uncovered(at=NOW + timedelta(days=29, hours=23)) == 0
    assert SecretText.objects.filter(secret=special).exists()
    assert erase_uncovered(at=NOW + timedelta(days=30)) == 1
    assert not SecretText.objects.exists()
    assert erase_uncovered(at=NOW + timedelta(days=30)) == 0


def test_at_once_on_choice(special, consent, written, owner, signed_in, customer):
    kept = written("Swims.")
    page = reverse("withdraw_consent", args=[consent.pk])
    assert "locked at once" in signed_in(owner).get(page).content.decode()
    assert signed_in(owner).post(page, {"when": "now"}).status_code == 302
    assert list(Secret.objects.all()) == [kept]


def test_all_of_a_persons_consents_go_together(special, consent, customer, contact, owner):
    again = record_consent(customer, contact=contact, wording="And this.", acting_user=owner, at=NOW)
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    assert not SpecialConsent.objects.standing().exists()
    with pytest.raises(ValidationError):
        withdraw_consent(again, at_once=False, acting_user=owner, at=NOW)


def test_a_new_consent_in_time_unlocks(special, consent, customer, contact, owner):
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    record_consent(customer, contact=contact, wording="Keep it after all.", acting_user=owner, at=NOW)
    assert readers(special, owner) == [owner]
    assert erase_uncovered(at=NOW + timedelta(days=60)) == 0


def test_the_officer_hears_and_sees_no_words(special, consent, owner, privacy_officer, signed_in):
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    assert "1 locked" in Notification.objects.get(user=privacy_officer).text
    page = signed_in(privacy_officer).get(reverse("locked_secrets")).content.decode()
    assert "Judith Aldous" in page
    assert "diabetes" not in page
    assert signed_in(privacy_officer).post(reverse("erase_locked", args=[special.pk])).status_code == 302
    assert not Secret.objects.exists()


def test_only_the_locked_are_erased_by_hand(special, privacy_officer, signed_in):
    assert signed_in(privacy_officer).post(reverse("erase_locked", args=[special.pk])).status_code == 404
    assert Secret.objects.exists()


def test_the_officer_may_note_it_too(special, consent, privacy_officer, signed_in):
    page = reverse("withdraw_consent", args=[consent.pk])
    assert signed_in(privacy_officer).post(page, {"when": "later"}).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_by == privacy_officer


def test_the_owner_learns_nothing_of_others_special_secrets(consent, written, contact, colleague, owner, signed_in):
    written("Has diabetes.", sensitivity="special", contact=contact, acting_user=colleague)
    answer = signed_in(owner).post(reverse("withdraw_consent", args=[consent.pk]), {"when": "later"}, follow=True)
    assert "1 " not in answer.content.decode().split("Taken back.")[1][:60]


def test_locked_list_has_a_constant_number_of_queries(
    special, consent, written, contact, owner, privacy_officer, signed_in, django_assert_max_num_queries
):
    for _ in range(9):
        written("x", sensitivity="special", contact=contact)
    client, counts = signed_in(privacy_officer), []
    withdraw_consent(consent, at_once=False, acting_user=owner, at=NOW)
    for keep in (10, 1):
        ids = list(Secret.objects.values_list("pk", flat=True)[:keep])
        Secret.objects.exclude(pk__in=ids).delete()
        with django_assert_max_num_queries(20) as seen:
            assert client.get(reverse("locked_secrets")).status_code == 200
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
