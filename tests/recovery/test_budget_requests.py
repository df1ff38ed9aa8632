"""The list of surprises that cost more: what waits by its clock, below it what is settled; counted and on Today."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from recovery import actions, queries
from recovery.models import BudgetRequest
from tests.conftest import NOW

ADDRESS = "/oops/budget/"


@pytest.fixture
def ask(open_case, service_agent):
    """``ask(minutes)`` reports a case so long ago and asks the manager for 120 for its surprise."""

    def make(minutes=0, by=service_agent, cost="120"):
        case = open_case(at=timezone.now() - timedelta(minutes=minutes))
        given = {"surprise": "A flask.", "cost": Decimal(cost)}
        return actions.ask_budget(case, **given, acting_user=by, at=timezone.now())

    return make


def page(signed_in, user, query=""):
    return signed_in(user).get(f"{ADDRESS}{query}")


def shown(response):
    return [[row.asked.pk for row in group["rows"]] for group in response.context["groups"]]


def test_budget_requests(ask, signed_in, manager, service_agent):
    """Most urgent first, with the clock; the settled below, newest first, with the answer."""
    later, urgent, late = ask(60), ask(1200), ask(24 * 60 + 5)
    refused, granted, withdrawn = ask(1), ask(2), ask(3)
    at = timezone.now()
    given = {"acting_user": manager}
    actions.answer_budget(refused, is_granted=False, answer="Flowers will do.", at=at, **given)
    actions.answer_budget(granted, is_granted=True, answer="", at=at + timedelta(seconds=1), **given)
    actions.withdraw_budget(withdrawn.case, acting_user=service_agent, at=at + timedelta(seconds=2))
    response = page(signed_in, manager)
    assert shown(response) == [[late.pk, urgent.pk, later.pk], [withdrawn.pk, granted.pk, refused.pk]]
    text = response.content.decode()
    assert "late by 5 min" in text
    assert 'data-now="' in text
    assert "Flowers will do." in text
    assert "A flask." not in text


def test_who_may_answer_has_the_button(ask, signed_in, owner, manager, service_agent, executive, outsider):
    asked = ask()
    by_owner = ask(by=owner)
    buttons = {user: page(signed_in, user).content.decode().count(">Answer<") for user in (manager, executive)}
    assert buttons == {manager: 2, executive: 2}
    for user in (service_agent, owner):
        response = page(signed_in, user)
        assert set(shown(response)[0]) == {asked.pk, by_owner.pk}
        assert ">Answer<" not in response.content.decode()
    assert shown(page(signed_in, outsider)) == [[], []]


def test_the_line_agrees_with_the_rule(ask, owner, colleague, manager, service_agent, executive, parent_team):
    """A line decides without the database what ``may_answer`` decides with it."""
    for asked in (ask(), ask(by=owner), ask(by=manager)):
        for user in (owner, colleague, manager, service_agent, executive, parent_team.manager):
            for seen in queries.budget_list(user).filter(pk=asked.pk):
                line = queries.asking(seen, user, timezone.now())
                assert line.is_mine == queries.may_answer(seen, seen.case, user), (user, asked.asked_by)


def test_found_by_customer_and_by_who_asks(ask, signed_in, manager, owner):
    asked, by_owner = ask(), ask(by=owner)
    name = asked.case.customer.name[2:6].upper()
    assert len(shown(page(signed_in, manager, f"?q={name}"))[0]) == 2
    assert shown(page(signed_in, manager, f"?q={owner.name}")) == [[by_owner.pk], []]
    nothing = page(signed_in, manager, "?q=nobody-knows%00")
    assert (nothing.status_code, "Nothing found" in nothing.content.decode()) == (200, True)


def test_pages_and_query_count(ask, signed_in, manager, django_assert_num_queries):
    first = ask()
    client = signed_in(manager)
    client.get(ADDRESS)
    with django_assert_num_queries(9, exact=False) as few:
        client.get(ADDRESS)
    rows = [
        BudgetRequest(case=ask(5).case, surprise="x", cost=5, allowed=0, asked_at=NOW, asked_by=first.asked_by)
        for _ in range(3)
    ]
    for row in rows * 9:
        answered = {"is_granted": True, "answered_by": manager, "answered_at": NOW, "asked_of": manager}
        BudgetRequest.objects.create(
            case=row.case, surprise="x", cost=5, allowed=0, asked_at=NOW, asked_by=first.asked_by, **answered
        )
    with django_assert_num_queries(len(few)):
        response = client.get(ADDRESS)
    assert (len(shown(response)[0]), response.context["page"].paginator.num_pages) == (4, 2)
    assert shown(page(signed_in, manager, "?page=2"))[0] == []


def test_the_places_count_what_waits_for_me(ask, signed_in, manager, executive):
    asked = ask()

    def place(user):
        places = signed_in(user).get("/me/").context["places"]
        return next(one for one in places if one.name == "budget_requests")

    assert (place(manager).count, place(manager).hot) == (1, True)
    assert place(executive).count == 0
    actions.answer_budget(asked, is_granted=True, answer="", acting_user=manager, at=timezone.now())
    assert (place(manager).count, place(manager).hot) == (0, False)


def test_today_shows_it_with_its_clock(ask, signed_in, manager):
    assert "May it cost more?" not in signed_in(manager).get("/").content.decode()
    asked = ask(60)
    text = signed_in(manager).get("/").content.decode()
    assert "One surprise waits for your yes" in text or "1 surprise waits for your yes" in text
    assert f'href="/oops/budget/{asked.pk}/"' in text
    assert "due in 2" in text
