"""The list of cases, the clocks of a person, and who sees what."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from customers.models import Customer
from recovery import actions, queries
from recovery.models import Case
from tests.conftest import NOW, person

PEOPLE = ["owner", "colleague", "outsider", "manager", "service_agent", "marketer", "executive", "administrator"]


def test_who_sees_a_case(request, case):
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    seen = {name for name, user in people.items() if Case.objects.visible_to(user).exists()}
    assert seen == {"owner", "colleague", "manager", "service_agent"}


def test_a_marketer_who_also_sells_sees_only_their_teams(case):
    assert not Case.objects.visible_to(person("Mia Both", Role.MARKETING, Role.SALESPERSON)).exists()


def test_most_urgent_first(open_case, service_agent, make_good):
    done = open_case()
    make_good(done)
    relaxed, urgent = open_case(), open_case(reported_at=NOW - timedelta(hours=30))
    assert list(Case.objects.open().by_urgency()) == [urgent, relaxed, done]


def test_clocks_of_agent_and_owner_in_one_query(open_case, owner, colleague, service_agent, django_assert_num_queries):
    first, second = open_case(), open_case(reported_at=NOW - timedelta(hours=2))
    actions.acknowledge_case(first, acting_user=service_agent, at=NOW)
    for user in (owner, service_agent):
        with django_assert_num_queries(1):
            running = queries.clocks(user, NOW)
        assert [clock.case_id for clock in running] == [second.pk, first.pk]
    assert (running[0].next, running[0].lateness, running[0].is_late) == ("acknowledge", "late by 1 h", True)
    assert (running[1].next, running[1].face) == ("fix", "24:00")
    assert queries.clocks(colleague, NOW) == []


@pytest.mark.parametrize(
    ("show", "names"),
    [("", {"A", "B"}), ("mine", {"A"}), ("closed", {"C"}), ("check_back", {"C"}), ("what", {"A", "B"})],
)
def test_filters(signed_in, service_agent, open_case, show, names):
    other = person("Sid Second", Role.SERVICE)
    customers = {name: Customer.objects.create(name=name) for name in "ABC"}
    open_case(customer=customers["A"])
    open_case(customer=customers["B"], agent=other)
    closed, then = open_case(customer=customers["C"]), timezone.now() - timedelta(days=8)
    Case.objects.filter(pk=closed.pk).update(reported_at=then)
    actions.close_case(closed, reason="Gone.", is_manager=True, acting_user=service_agent, at=then)
    answer = signed_in(service_agent).get("/oops/", {"show": show})
    assert {row.case.customer.name for row in answer.context["rows"]} == names


def test_an_empty_list_says_what_to_do(signed_in, service_agent):
    assert "Open an OOPS" in signed_in(service_agent).get("/oops/").content.decode()


@pytest.mark.parametrize("show", ["open", "mine", "closed"])
def test_as_many_queries_for_twenty_cases_as_for_one(signed_in, service_agent, owner, open_case, show):
    client, counts = signed_in(service_agent), []
    for more in (1, 19):
        for number in range(more):
            customer = Customer.objects.create(name=f"{more} {number}", owner=owner)
            case = open_case(customer=customer)
            if show == "closed":
                actions.close_case(case, reason="Gone.", is_manager=True, acting_user=service_agent, at=NOW)
        with CaptureQueriesContext(connection) as queries_made:
            assert len(client.get("/oops/", {"show": show}).context["rows"]) in (1, 20)
        counts.append(len(queries_made))
    assert counts[0] == counts[1] <= 12


def test_pages(signed_in, service_agent, customer, open_case):
    for _ in range(26):
        open_case()
    client = signed_in(service_agent)
    assert len(client.get("/oops/").context["rows"]) == 25
    assert len(client.get("/oops/?page=2").context["rows"]) == 1
