"""Two hundred edits at once: each succeeds on top of what it saw, or its writer is told. Nothing is lost silently."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from secrets_manual.actions import change_secret, hush_secret, unhush_secret
from secrets_manual.models import Secret, SecretChange
from tests.conftest import NOW

EDITS, THREADS = 200, 20


@pytest.mark.django_db(transaction=True)
def test_two_hundred_edits_lose_nothing(secret, owner, colleague):
    category, barrier, people = secret.category, threading.Barrier(THREADS), [owner, colleague]

    def edit(number):
        """Read, think, write: as two people with the same page open do."""
        try:
            if number < THREADS:
                barrier.wait()
            seen = Secret.objects.with_text().get(pk=secret.pk)
            fields = {"category": category, "sensitivity": "shared", "audiences": seen.audiences}
            told = {"text": f"Edit {number}."} if number % 2 else {"text": seen.text, "confidence": seen.confidence % 3 + 1}
            done = change_secret(
                seen, **fields, **told, seen_version=seen.revision, acting_user=people[number % 2], at=NOW
            )
            return number, seen.revision, done.revision, told
        except ValidationError as refused:
            assert "meanwhile" in refused.messages[0]
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        made = [result for result in pool.map(edit, range(EDITS)) if result]
    secret.refresh_from_db()
    made.sort(key=lambda result: result[2])
    assert [after for _, _, after, _ in made] == list(range(2, len(made) + 2)), "every success is a revision of its own"
    assert all(after == seen + 1 for _, seen, after, _ in made), "on top of the one its writer saw"
    assert secret.revision == len(made) + 1
    words = [text.text for text in secret.texts.order_by("version")][1:]
    written = [told["text"] for _, _, _, told in made if told["text"].startswith("Edit") and "confidence" not in told]
    assert [text for text in words if text.startswith("Edit")] == written, "every accepted word is kept, in order"
    assert 0 < len(made) < EDITS
    changed = SecretChange.objects.exclude(pgh_context=None).count()
    assert changed >= sum("confidence" in told for _, _, _, told in made)


@pytest.mark.django_db(transaction=True)
def test_a_mark_made_meanwhile_is_not_overwritten(secret, owner, colleague):
    hush_secret(secret, acting_user=colleague)
    fields = {"category": secret.category, "sensitivity": "relationship", "audiences": ["sales"], "never_aloud": False}
    with pytest.raises(ValidationError):
        change_secret(secret, text="Swims.", **fields, seen_version=secret.revision, acting_user=owner, at=NOW)
    secret.refresh_from_db()
    assert secret.never_aloud
    unhush_secret(secret, acting_user=owner)
