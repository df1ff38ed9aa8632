"""An answer becomes one secret, from however many tabs and threads it is made at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from secrets_manual import actions
from secrets_manual.models import Answer, Question, Secret
from tests.conftest import NOW

THREADS = 8


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_threads_make_one(customer, owner):
    talk = actions.start_conversation(customer, acting_user=owner, at=NOW)
    dream = Question.objects.filter(category__key="dream").first()
    answer = actions.record_answer(talk, key=uuid4(), text="A lighthouse.", question=dream, acting_user=owner, at=NOW)
    words = {"category": dream.category, "text": "A lighthouse.", "sensitivity": "shared", "audiences": ["sales"]}
    ready = Barrier(THREADS)

    def make():
        try:
            mine = Answer.objects.get(pk=answer.pk)
            ready.wait()
            return actions.make_secret(mine, **words, acting_user=owner, at=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        made = {future.result() for future in [pool.submit(make) for _ in range(THREADS)]}
    assert made == {Secret.objects.get().pk}
