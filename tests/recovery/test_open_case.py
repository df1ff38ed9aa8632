"""Opening a case in a few keystrokes: find, say, start the clock."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from customers.models import Customer
from recovery.models import Case
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
    open_case(agent=busy)
    open_case(agent=open_case().agent)
    signed_in(owner).post(URL, told(customer))
    assert Case.objects.latest("pk").agent == free


def test_a_running_case_is_offered_first(signed_in, service_agent, customer, case):
    seen = signed_in(service_agent).get(URL, {"customer": customer.pk}).content.decode()
    assert case.what_happened in seen


def test_words_and_a_customer_are_needed(signed_in, service_agent, customer):
    answer = signed_in(service_agent).post(f"{URL}?customer={customer.pk}", told(customer, what_happened=""))
    assert answer.status_code == 422
    assert not Case.objects.exists()


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
    assert '<option value="promise" selected>' in page
