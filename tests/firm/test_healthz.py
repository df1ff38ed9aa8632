"""Health: 200 when everything lives, 503 and which part when not."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.utils import timezone
from redis.exceptions import ConnectionError as ValkeyError

from firm import actions, queries
from firm.tasks import beat

pytestmark = pytest.mark.django_db


@pytest.fixture
def alive():
    for name in ("worker", "beat", "tick"):
        actions.beat(name, at=timezone.now())


def test_all_is_well(client, alive):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    found = answer.json()
    assert found["status"] == "ok"
    assert found["database"]["ok"]
    assert found["valkey"]["ok"]
    assert 0 <= found["worker"]["age_seconds"] < 5
    assert 0 <= found["beat"]["age_seconds"] < 5


@pytest.mark.parametrize(("name", "seconds"), [("worker", 61), ("beat", 61), ("tick", 181)])
def test_a_silent_process_is_named(client, alive, name, seconds):
    actions.beat(name, at=timezone.now() - timedelta(seconds=seconds))
    answer = client.get("/healthz")
    assert answer.status_code == 503
    found = answer.json()
    assert [part for part in ("database", "valkey", "worker", "beat", "tick") if not found[part]["ok"]] == [name]
    assert found[name]["age_seconds"] >= seconds


def test_never_seen(client):
    assert client.get("/healthz").json()["worker"] == {"ok": False, "age_seconds": None, "error": "never seen"}


def test_no_database(client, alive, monkeypatch):
    def fail(*_args):
        raise OperationalError("secret host name")

    monkeypatch.setattr(queries.Heartbeat.objects, "values_list", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == {"ok": False, "age_seconds": None, "error": "OperationalError"}


def test_no_valkey(client, alive, monkeypatch):
    def fail(*_args):
        raise ValkeyError("no")

    monkeypatch.setattr(cache, "get", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert not answer.json()["valkey"]["ok"]


def test_answers_under_any_host_name(client, alive):
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 200


def test_the_beats_task_notes_the_worker(client):
    beat()
    assert client.get("/healthz").json()["worker"]["ok"]


def test_every_answer_carries_a_request_id(client, alive):
    assert client.get("/accounts/login/", headers={"X-Request-ID": "abcdef-123456"})["X-Request-ID"] == "abcdef-123456"
    assert len(client.get("/accounts/login/", headers={"X-Request-ID": "evil\tid"})["X-Request-ID"]) == 32
