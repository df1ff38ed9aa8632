"""Opening a case in a few keystrokes: find, say, start the clock."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from customers.models import Customer
from recovery.models import Case, PlaybookStep, Receipt
from secrets_manual.models import AccessGrant
from tests.conftest import person

URL = "/oops/open/"


def told(customer, **changed):
    usual = {"customer": customer.pk, "what_happened": "Wrong glaze.", "severity": "high", "root_cause": "delivery"}
    return {**usual, **changed}


@pytest.mark.parametrize("text", ["aldo", "ALDOUS", "judith@aldous", "555-0101"])
def test_found_by_name_number_mail_and_telephone(signed_in, service_agent, customer, text):
    Customer.objects.create(name="Somebody else")
    answer = signed_in(service_agent).get(URL, {"q": text})
    assert (answer.status_code, answer.url) == (302, f"{URL}?customer={customer.pk}")


def test_found_as_one_types(signed_in, service_agent, customer):
    answer = signed_in(service_agent).get(URL, {"q": "aldo"}, headers={"HX-Request": "true"})
    assert "Aldous &amp; Daughter" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_opened_and_shown_with_access(signed_in, service_agent, customer):
    answer = signed_in(service_agent).post(URL, told(customer))
    case = Case.objects.get()
    assert answer.url == f"/oops/{case.pk}/"
    assert (case.agent, case.severity, case.opened_by) == (service_agent, "high", service_agent)
    assert AccessGrant.objects.get(reference=f"case:{case.pk}").user == service_agent


def test_a_salespersons_case_goes_to_the_freest_agent(signed_in, owner, customer, open_case):
    busy, free = (person(name, Role.SERVICE) for name in ("Busy Bea", "Free Fred"))
    other = Customer.objects.create(name="Another", owner=owner)
    for agent in (busy, open_case(customer=other).agent):
        open_case(customer=other, agent=agent)
    signed_in(owner).post(URL, told(customer))
    assert Case.objects.latest("pk").agent == free


def test_a_running_case_is_offered_first(signed_in, service_agent, customer, case):
    seen = signed_in(service_agent).get(URL, {"customer": customer.pk}).content.decode()
    assert case.what_happened in seen


def test_while_choosing_the_running_case_is_offered(signed_in, service_agent, customer, case):
    page = signed_in(service_agent).get(URL, {"q": "aldo"}, headers={"HX-Request": "true"}).text
    assert page.index(case.get_absolute_url()) < page.index(f"?customer={customer.pk}")
    assert "Open another" in page


def test_a_salesperson_is_offered_only_what_they_see(signed_in, outsider, customer, case):
    assert case.what_happened not in signed_in(outsider).get(URL, {"q": "aldo"}).text


def test_a_case_opened_meanwhile_is_offered_first_then_another_opens(signed_in, service_agent, customer, open_case):
    client, typed = signed_in(service_agent), told(customer, seen=0)
    meanwhile = open_case(agent=person("Sid Second", Role.SERVICE))
    refused = client.post(f"{URL}?customer={customer.pk}", typed)
    assert refused.status_code == 422
    assert "Sid Second has one running" in refused.text
    assert "Wrong glaze." in refused.text
    assert f'name="seen" value="{meanwhile.pk}"' in refused.text
    assert client.post(f"{URL}?customer={customer.pk}", {**typed, "seen": meanwhile.pk}).status_code == 302
    assert Case.objects.count() == 2


def test_pressed_twice_opens_one(signed_in, service_agent, customer):
    client, typed = signed_in(service_agent), told(customer, key=uuid4(), seen=0)
    answers = [client.post(f"{URL}?customer={customer.pk}", typed) for _ in range(2)]
    assert [answer.url for answer in answers] == [Case.objects.get().get_absolute_url()] * 2


def test_a_script_is_told_where_it_led_and_whose_it_was(signed_in, service_agent, manager, customer):
    typed = told(customer, key=uuid4(), seen=0, by=service_agent.pk)
    held = {"Rapport-Held": "1"}
    made = signed_in(service_agent).post(f"{URL}?customer={customer.pk}", typed, headers=held)
    assert (made.status_code, made["Rapport-Go"]) == (204, Case.objects.get().get_absolute_url())
    other = signed_in(manager).post(f"{URL}?customer={customer.pk}", {**typed, "key": uuid4()}, headers=held)
    assert (other.status_code, Case.objects.count()) == (409, 1)


def test_a_refusal_leaves_no_receipt(signed_in, service_agent, customer):
    key = uuid4()
    client = signed_in(service_agent)
    client.post(f"{URL}?customer={customer.pk}", told(customer, key=key, what_happened=""))
    assert not Receipt.objects.exists()
    assert client.post(f"{URL}?customer={customer.pk}", told(customer, key=key)).status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same_key", [True, False])
def test_twelve_at_once_open_one(signed_in, service_agent, customer, same_key):
    """With one key it is one press sent again; with several, all but the first are told of the first."""
    key, barrier, answers = uuid4(), Barrier(12), []
    clients = [signed_in(service_agent) for _ in range(12)]

    def press(client):
        barrier.wait()
        answers.append(client.post(URL, told(customer, key=key if same_key else uuid4(), seen=0)).status_code)
        connection.close()

    threads = [Thread(target=press, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Case.objects.count() == 1
    assert sorted(answers) == ([302] * 12 if same_key else [302] + [422] * 11)


def test_what_was_typed_stays_when_refused(signed_in, service_agent, customer):
    typed = told(customer, what_happened="", reference="T-77", root_cause="billing")
    answer = signed_in(service_agent).post(f"{URL}?customer={customer.pk}", typed)
    assert answer.status_code == 422
    assert "Say in a few words what happened." in answer.text
    assert 'value="T-77"' in answer.text
    assert re.search(r'value="billing"[^>]* checked', answer.text)
    assert not Case.objects.exists()


def test_the_playbook_comes_along(signed_in, service_agent, customer):
    for position, text in enumerate(["Stop the lorry", "Call the depot"]):
        PlaybookStep.objects.create(root_cause="delivery", position=position, text=text, is_required=not position)
    PlaybookStep.objects.create(root_cause="delivery", position=9, text="Retired", is_active=False)
    PlaybookStep.objects.create(root_cause="billing", position=1, text="Stop the bill")
    signed_in(service_agent).post(URL, told(customer))
    copied = Case.objects.get().playbook.values_list("position", "text", "is_required")
    assert list(copied) == [(1, "Stop the lorry", True), (2, "Call the depot", False)]


def test_as_many_queries_for_eight_found_as_for_one(signed_in, service_agent, open_case):
    client, counts = signed_in(service_agent), []
    for more in (1, 7):
        for number in range(more):
            open_case(customer=Customer.objects.create(name=f"Harbour {more} {number}"))
        with CaptureQueriesContext(connection) as made:
            client.get(URL, {"q": "harbour"}, headers={"HX-Request": "true"})
        counts.append(len(made))
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize("hours", [1, -24 * 31])
def test_a_report_lies_in_the_last_30_days(signed_in, service_agent, customer, hours):
    moment = timezone.now() + timedelta(hours=hours)
    answer = signed_in(service_agent).post(URL, told(customer, reported_at=moment.isoformat()))
    assert "A report lies in the past" in answer.content.decode()


def test_an_earlier_report_starts_the_clock_earlier(signed_in, service_agent, customer):
    moment = timezone.localtime(timezone.now() - timedelta(hours=3), timezone.get_fixed_timezone(60))
    signed_in(service_agent).post(URL, told(customer, reported_at=moment.isoformat()))
    assert Case.objects.get().reported_at == moment


def test_an_invisible_customer_is_not_there(signed_in, outsider, customer):
    client = signed_in(outsider)
    assert client.get(URL, {"customer": customer.pk}).status_code == 404
    assert client.post(URL, told(customer)).status_code == 404
    assert not Case.objects.exists()


def test_a_broken_promise_comes_along(signed_in, owner, customer):
    page = signed_in(owner).get(f"/oops/open/?customer={customer.pk}&what=Send%20the%20samples").text
    assert "We promised: Send the samples" in page
    assert re.search(r'value="promise"[^>]* checked', page)
