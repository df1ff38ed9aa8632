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
        """Read, think, write, as two people with the page open do: what came of it, or what the writer was told."""
        try:
            if number < THREADS:
                barrier.wait()
            seen = Secret.objects.with_text().get(pk=secret.pk)
            fields = {"category": category, "sensitivity": "shared", "audiences": seen.audiences}
            words = {"text": seen.text, "confidence": seen.confidence % 3 + 1}
            told = {"text": f"Edit {number}."} if number % 2 else words
            writer = people[number // 2 % 2]
            done = change_secret(seen, **fields | told, seen_version=seen.revision, acting_user=writer, at=NOW)
            return seen.revision, done.revision, told
        except ValidationError as refused:
            return refused.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(edit, range(EDITS)))
    made = sorted((one for one in results if isinstance(one, tuple)), key=lambda one: one[1])
    refused = [one for one in results if isinstance(one, str)]
    assert all("meanwhile" in words for words in refused)
    assert len(made) + len(refused) == EDITS
    assert made
    assert refused
    secret.refresh_from_db()
    assert [after for _, after, _ in made] == list(range(2, len(made) + 2)), "every success is a revision of its own"
    assert all(after == seen + 1 for seen, after, _ in made), "on top of the one its writer saw"
    assert secret.revision == len(made) + 1
    words = [text.text for text in secret.texts.order_by("version")]
    written = [told["text"] for _, _, told in made if "confidence" not in told]
    assert [text for text in words if text.startswith("Edit")] == written, "every accepted word is kept, in order"
    kept = SecretChange.objects.filter(pgh_context__metadata__deed="change_secret").count()
    assert kept >= sum("confidence" in told for _, _, told in made), "and so is every accepted attribute"


@pytest.mark.django_db(transaction=True)
def test_a_mark_made_meanwhile_is_not_overwritten(secret, owner, colleague):
    hush_secret(secret, acting_user=colleague)
    fields = {"category": secret.category, "sensitivity": "relationship", "audiences": ["sales"], "never_aloud": False}
    with pytest.raises(ValidationError):
        change_secret(secret, text="Swims.", **fields, seen_version=secret.revision, acting_user=owner, at=NOW)
    secret.refresh_from_db()
    assert secret.never_aloud
    unhush_secret(secret, acting_user=owner)
