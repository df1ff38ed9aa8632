"""Every change of a secret is kept: who, what and why, without its words; special times stay with the author."""

import pytest
from django.core.exceptions import ValidationError
from django.db import Error, transaction
from django.urls import reverse

from secrets_manual.actions import change_secret, record_consent, remove_secret, restore_secret, use_secret
from secrets_manual.models import Category, Secret, SecretChange
from secrets_manual.queries import history_of
from tests.conftest import NOW


def change(secret, user, **given):
    kept = {
        "text": "Swims in the sea every morning.",
        "category": secret.category,
        "sensitivity": secret.sensitivity,
        "audiences": secret.audiences,
    }
    change_secret(secret, **kept | given, acting_user=user, at=NOW)
    secret.refresh_from_db()


def test_every_attribute(secret, owner, colleague, contact):
    change(secret, colleague, contact=contact, confidence=3, how_learned="observed", never_aloud=True)
    change(secret, owner, category=Category.objects.get(key="habit"), audiences=["sales"], sensitivity="shared")
    newest, first = history_of(secret, owner)
    assert (newest.by, newest.deed) == (owner.name, "Changed")
    assert newest.differences == [
        ("category", "Recreation", "Habit"),
        ("sensitivity", "account team", "shared"),
        ("who may use it", "sales, service", "sales"),
    ]
    assert first.differences == [
        ("whose it is", "the customer", "Judith Aldous"),
        ("how learned", "told directly", "observed"),
        ("confidence", "medium", "high"),
        ("never mention aloud", "no", "yes"),
    ]


def test_words_alone_leave_no_trace_in_the_attributes(secret, owner):
    change(secret, owner, text="Swims at dawn.")
    assert history_of(secret, owner) == []
    assert secret.texts.count() == 2
    assert secret.revision == 2


def test_attributes_alone_write_no_new_words(secret, owner):
    change(secret, owner, confidence=1)
    assert (secret.texts.count(), secret.revision) == (1, 2)


def test_no_words_in_the_history(secret, owner):
    change(secret, owner, text="canary-in-words", sensitivity="confidential")
    for row in SecretChange.objects.values():
        assert "Swims" not in str(row)
        assert "canary" not in str(row)


def test_use_removal_and_return(secret, owner, colleague):
    use_secret(secret, reference="", note="a towel", acting_user=colleague, at=NOW)
    remove_secret(secret, acting_user=owner, at=NOW)
    restore_secret(secret, acting_user=owner)
    secret.refresh_from_db()
    assert [(one.by, one.deed) for one in history_of(secret, owner)] == [
        (owner.name, "Put back"),
        (owner.name, "Taken out of the manual"),
        (colleague.name, "Put to use"),
    ]


def test_special_times_are_the_authors(written, customer, owner, colleague):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    secret = written(sensitivity="confidential", acting_user=colleague)
    change(secret, colleague, sensitivity="special")
    change(secret, owner, sensitivity="confidential", reason="No longer so.")
    assert history_of(secret, owner) == []
    assert len(history_of(secret, colleague)) == 2


def test_history_is_never_changed(secret, owner):
    change(secret, owner, confidence=3)
    with pytest.raises(Error), transaction.atomic():
        SecretChange.objects.update(confidence=1)
    with pytest.raises(Error), transaction.atomic():
        SecretChange.objects.all().delete()


def test_page_shows_it_to_keepers(signed_in, secret, owner, colleague):
    change(secret, owner, confidence=3)
    assert "Every change" in signed_in(owner).get(reverse("secret", args=[secret.pk])).content.decode()
    assert "Every change" not in signed_in(colleague).get(reverse("secret", args=[secret.pk])).content.decode()


def test_second_writer_of_attributes_is_told(secret, owner, colleague):
    change(secret, owner, confidence=3, seen_version=1)
    with pytest.raises(ValidationError, match="meanwhile"):
        change(secret, colleague, confidence=1, seen_version=1)
    secret.refresh_from_db()
    assert secret.confidence == Secret.Confidence.HIGH


def test_a_removed_secret_takes_no_change(secret, owner, colleague):
    remove_secret(secret, acting_user=owner, at=NOW)
    with pytest.raises(ValidationError, match="took this secret out"):
        change(secret, colleague, confidence=1)


def test_second_writer_sees_the_first_change(signed_in, secret, owner, colleague):
    change(secret, owner, text="Swims at noon.", confidence=3)
    fields = {
        "text": "Swims at night.",
        "category": secret.category.key,
        "sensitivity": "shared",
        "audiences": ["sales"],
        "seen_version": 1,
    }
    page = signed_in(colleague).post(reverse("change_secret", args=[secret.pk]), fields).content.decode()
    assert "changed this secret meanwhile" in page
    assert "Swims at noon." in page
    assert "Swims at night." in page
    assert owner.name in page
    assert 'value="2"' in page


def test_a_change_of_words_is_no_change_of_who_may_use_it(secret, owner):
    """Whatever order the audiences were once stored in."""
    Secret.objects.filter(pk=secret.pk).update(audiences=["service", "sales"])
    before = [change.differences for change in history_of(secret, owner)]
    change(secret, owner, text="Swims at noon.", audiences=["sales", "service"])
    assert [change.differences for change in history_of(secret, owner)] == before == [[]]
