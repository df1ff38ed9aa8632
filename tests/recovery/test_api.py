"""Cases for other systems: opened once a ticket, seen as in the application, without a secret."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recovery import actions
from recovery.models import Case
from tests.api import Api
from tests.conftest import NOW

TICKET = {"source": "Helpdesk", "reference": "T-77", "source_url": "https://help.example/T-77"}


@pytest.fixture
def api(service_agent, customer):
    return Api(service_agent)


def told(customer, **more):
    return {"customer": customer.pk, "what_happened": "Wrong glaze.", "severity": "high", **more}


def test_opened_from_a_ticket_and_read(api, customer, service_agent):
    made = api.post("cases/", told(customer, **TICKET))
    assert (made.status_code, made.json()["agent"]) == (201, service_agent.pk)
    seen = api.get(f"cases/{made.json()['id']}/").json()
    assert {name: seen[name] for name in TICKET} == TICKET
    assert [one["kind"] for one in seen["milestones"]] == ["acknowledge", "fix", "surprise", "apologise"]
    page = api.client
    page.force_login(service_agent)
    assert TICKET["source_url"] in page.get(f"/oops/{seen['id']}/").text


def test_sent_again_with_the_same_key_it_is_answered_again(api, customer):
    key = {"Idempotency-Key": "ticket-77"}
    first, again = (api.post("cases/", told(customer, **TICKET), **key) for _ in range(2))
    other = api.post("cases/", told(customer, what_happened="Something else."), **key)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_a_ticket_has_one_case(api, customer):
    first = api.post("cases/", told(customer, **TICKET)).json()["id"]
    second = api.post("cases/", told(customer, what_happened="Told anew.", **TICKET))
    assert (second.status_code, f"Case {first}" in second.json()["detail"]) == (409, True)
    assert api.post("cases/", told(customer, source="Helpdesk")).status_code == 400


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("key", ["one", ""])
def test_twelve_at_once_open_one(api, customer, key):
    """With a key everybody gets the same answer, without one the ticket keeps the others out."""
    barrier, statuses = Barrier(12, timeout=60), []

    def send():
        try:
            barrier.wait()
            headers = {"Idempotency-Key": key} if key else {}
            statuses.append(api.post("cases/", told(customer, **TICKET), **headers).status_code)
        finally:
            connection.close()

    threads = [Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.count() == 1
    assert sorted(statuses) == ([201] * 12 if key else [201] + [409] * 11)


def test_acknowledged_and_noted_once_each(api, case):
    for _ in range(2):
        assert api.post(f"cases/{case.pk}/acknowledge/", {}).status_code == 200
        noted = api.post(f"cases/{case.pk}/note/", {"note": "Rang her."}, **{"Idempotency-Key": "n1"})
    assert noted["Idempotent-Replayed"] == "true"
    assert list(case.events.values_list("kind", flat=True)) == ["opened", "acknowledged", "noted"]
    assert api.post(f"cases/{case.pk}/note/", {"note": ""}).status_code == 400


def test_seen_and_done_as_in_the_application(case, owner, colleague, outsider, executive):
    assert [row["id"] for row in Api(owner).get("cases/").json()["results"]] == [case.pk]
    assert Api(colleague).post(f"cases/{case.pk}/note/", {"note": "Hello."}).status_code == 403
    for nobody in (outsider, executive):
        assert Api(nobody).get("cases/").json()["results"] == []
        assert Api(nobody).get(f"cases/{case.pk}/").status_code == 404
    assert Api(executive).post("cases/", told(case.customer)).status_code in (400, 403)
    assert Api(owner, "cases:read").post(f"cases/{case.pk}/note/", {"note": "No."}).status_code == 403


def test_no_secret_surprise_or_letter_comes_out(api, case, secret, make_good):
    make_good(case)
    text = api.get(f"cases/{case.pk}/").content.decode() + api.get("cases/").content.decode()
    assert not [word for word in ("Swims", "mittens", "sorry") if word in text]


def test_as_many_queries_for_twenty_cases_as_for_one(api, open_case):
    api.get("cases/")  # Its first use is noted on the token.
    counts = []
    for more in (1, 19):
        for _ in range(more):
            open_case()
        with CaptureQueriesContext(connection) as made:
            api.get("cases/")
        counts.append(len(made))
    assert counts[0] == counts[1] <= 8


def test_filters(api, open_case, service_agent):
    first, second = open_case(reference="A", source="Helpdesk"), open_case(severity="critical")
    actions.close_case(first, reason="Gone.", is_manager=True, acting_user=service_agent, at=NOW)
    found = {
        name: [row["id"] for row in api.get("cases/", **{name: value}).json()["results"]]
        for name, value in (("state", "closed"), ("severity", "critical"), ("reference", "A"))
    }
    assert found == {"state": [first.pk], "severity": [second.pk], "reference": [first.pk]}
