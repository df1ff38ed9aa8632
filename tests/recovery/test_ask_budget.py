"""Asking for more than one may spend: who is asked, the link, the answer, and what may be spent then."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from firm.models import Notification, OutboxMail
from recovery import actions, queries, rules
from recovery.models import Absence, BudgetRequest, Goodwill
from tests.conftest import NOW, person


@pytest.fixture
def ask(case, service_agent):
    """``ask()`` asks for 120 for a flask."""

    def make(cost=120, on=case, by=service_agent, at=NOW):
        return actions.ask_budget(on, surprise="A flask.", cost=Decimal(cost), acting_user=by, at=at)

    return make


@pytest.fixture
def asked(ask):
    return ask()


def link_in(mail):
    return re.search(r"/oops/budget/link/[\w-]+/", mail.text)[0]


def answer(asked, by, *, is_granted=True, at=NOW, words=""):
    return actions.answer_budget(asked, is_granted=is_granted, answer=words, acting_user=by, at=at)


def kinds(case):
    return list(case.events.values_list("kind", "note"))


def away(user, stand_in=None):
    return Absence.objects.create(
        user=user, stand_in=stand_in, starts_at=NOW - timedelta(days=1), ends_at=NOW + timedelta(days=1)
    )


def test_the_nearest_manager_of_the_owner_is_asked(asked, manager):
    assert asked.asked_of == manager
    mail = OutboxMail.objects.get(to=manager.email)
    assert mail.is_secret
    assert "A flask" not in mail.text + mail.subject
    assert "due in 24 h" in mail.text
    assert Notification.objects.filter(user=manager, url=f"/oops/budget/{asked.pk}/").count() == 1
    assert link_in(mail).split("/")[-2].encode() not in bytes(asked.token_hash)


def test_who_is_away_is_stood_in_for_or_passed_over(case, service_agent, manager, parent_team, colleague, executive):
    absence = away(manager, colleague)
    assert queries.whom_to_ask(case, service_agent, NOW) == colleague
    away(colleague)
    assert queries.whom_to_ask(case, service_agent, NOW) == parent_team.manager
    absence.delete()
    away(manager)
    away(parent_team.manager, service_agent)
    assert queries.whom_to_ask(case, service_agent, NOW) == executive
    executive.is_active = False
    executive.save()
    assert queries.whom_to_ask(case, service_agent, NOW) is None


@pytest.mark.parametrize(
    ("line", "away_now", "asked_of"),
    [
        ([1, 2], {}, 1),
        ([9, 2], {}, 2),
        ([1, 2], {1: 3}, 3),
        ([1, 2], {1: 9}, 2),
        ([1, 2], {1: 2, 2: None}, None),
        ([1], {1: None}, None),
        ([], {}, None),
    ],
)
def test_nobody_answers_their_own(line, away_now, asked_of):
    assert rules.whom_to_ask(line, away=away_now, asker=9) == asked_of


def test_a_grant_lets_the_surprise_cost_so_much_and_no_more(case, asked, manager, service_agent):
    answer(asked, manager, words="Make it good.")
    assert kinds(case)[-2:] == [
        ("budget_asked", "120.00, of Anna Fuller"),
        ("budget_granted", "120.00: Make it good."),
    ]
    assert OutboxMail.objects.filter(to=service_agent.email, subject__startswith="Yes, up to 120.00").exists()
    given = {"surprise": "A flask.", "secret": None, "acting_user": service_agent, "at": NOW}
    with pytest.raises(ValidationError, match=r"more than the 120\.00"):
        actions.surprise_case(case, cost=Decimal("120.01"), **given)
    actions.surprise_case(case, cost=Decimal(120), **given)


def test_a_refusal_changes_nothing(case, asked, manager, service_agent):
    answer(asked, manager, is_granted=False)
    assert queries.allowance(case, service_agent) == 0
    assert kinds(case)[-1] == ("budget_refused", "120.00")


def test_the_roles_amount_counts_by_severity(case, service_agent):
    Goodwill.objects.create(role=Role.SERVICE, severity="low", amount=40)
    Goodwill.objects.create(role=Role.SERVICE, severity="high", amount=400)
    assert queries.allowance(case, service_agent) == 40


def test_one_open_question_a_case(ask, asked, service_agent):
    with pytest.raises(ValidationError, match="asked already"):
        ask(130)
    row = {"case": asked.case, "surprise": "x", "cost": 5, "allowed": 0, "asked_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetRequest.objects.create(**row, asked_by=asked.asked_by, asked_of=asked.asked_of)
    actions.withdraw_budget(asked.case, acting_user=service_agent, at=NOW)
    assert ask(130).is_waiting


def test_what_one_may_spend_needs_no_asking(ask):
    Goodwill.objects.create(role=Role.SERVICE, severity="low", amount=120)
    with pytest.raises(ValidationError, match="without asking"):
        ask(120)


@pytest.mark.parametrize("who", ["service_agent", "colleague", "outsider", "owner"])
def test_others_may_not_answer(request, asked, who):
    with pytest.raises(PermissionDenied):
        answer(asked, request.getfixturevalue(who))


def test_the_database_refuses_ones_own_answer(asked):
    own = {"is_granted": True, "answered_by": asked.asked_by, "answered_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetRequest.objects.filter(pk=asked.pk).update(**own)


def test_doing_it_or_closing_settles_the_question(case, asked, manager, service_agent):
    given = {"surprise": "A flask.", "secret": None, "acting_user": service_agent, "at": NOW}
    actions.surprise_case(case, **given)
    asked.refresh_from_db()
    assert asked.withdrawn_at == NOW
    with pytest.raises(ValidationError):
        answer(asked, manager)


@pytest.fixture
def running(open_case, ask, manager):
    """A case reported just now, a question, and the link in the mail."""
    case = open_case(at=timezone.now())
    asked = ask(on=case, at=timezone.now())
    return case, asked, link_in(OutboxMail.objects.get(to=manager.email))


def test_the_link_answers_once_without_signing_in(running, manager):
    case, asked, link = running
    client = Client()
    seen = client.get(link).content.decode()
    assert "120.00 EUR" in seen
    assert "A flask" not in seen
    client.head(link)
    asked.refresh_from_db()
    assert asked.is_waiting
    answered = client.post(f"{link}grant/", {"answer": "Go."})
    assert "Yes it is" in answered.content.decode()
    asked.refresh_from_db()
    assert (asked.is_granted, asked.answered_by, asked.answer) == (True, manager, "Go.")
    assert kinds(case)[-1] == ("budget_granted", "120.00, by link: Go.")
    spent = client.post(f"{link}refuse/", {})
    assert (spent.status_code, "This was answered" in spent.content.decode()) == (410, True)
    asked.refresh_from_db()
    assert asked.is_granted


def test_a_wrong_a_withdrawn_and_a_late_link_are_kind(running, service_agent):
    case, asked, link = running
    client = Client()
    assert client.get("/oops/budget/link/nobody-knows/").status_code == 404
    BudgetRequest.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(hours=2))
    due = case.milestones.get(kind="surprise")
    case.milestones.filter(kind="surprise").update(due_at=timezone.now() - timedelta(seconds=1), flag_at=None)
    assert "The clock has run out" in client.post(f"{link}grant/", {}).content.decode()
    case.milestones.filter(kind="surprise").update(due_at=due.due_at)
    actions.withdraw_budget(case, acting_user=service_agent, at=timezone.now())
    assert "Nobody need answer any more" in client.get(link).content.decode()
    asked.refresh_from_db()
    assert asked.is_granted is None


def test_the_asker_cannot_use_the_link(running, signed_in, service_agent):
    _, asked, link = running
    assert signed_in(service_agent).get(link).status_code == 403
    assert signed_in(service_agent).post(f"{link}grant/").status_code == 403
    asked.refresh_from_db()
    assert asked.is_waiting


def test_the_clock_decides_when_the_link_dies():
    due = NOW + timedelta(hours=5)
    assert rules.link_ends_at(due, NOW) == due
    assert rules.link_ends_at(NOW, NOW) == NOW + timedelta(hours=1)


def test_asked_and_answered_in_the_application(running, signed_in, manager, executive, service_agent):
    case, asked, _ = running
    assert "is asked" in signed_in(service_agent).get(f"/oops/{case.pk}/").content.decode()
    page = signed_in(manager).get(f"/oops/budget/{asked.pk}/").content.decode()
    assert "A flask." in page
    assert "A flask." not in signed_in(executive).get(f"/oops/budget/{asked.pk}/").content.decode()
    signed_in(manager).post(f"/oops/budget/{asked.pk}/refuse/", {"answer": "Flowers will do."})
    assert "Flowers will do." in signed_in(service_agent).get(f"/oops/{case.pk}/").content.decode()


def test_the_budget_is_asked_for_on_the_case_page(signed_in, open_case, service_agent, manager):
    case = open_case(at=timezone.now())
    client = signed_in(service_agent)
    refused = client.post(f"/oops/{case.pk}/budget/ask/", {"surprise": "A flask.", "cost": ""})
    assert (refused.status_code, "Say what it costs." in refused.content.decode()) == (422, True)
    client.post(f"/oops/{case.pk}/budget/ask/", {"surprise": "A flask.", "cost": "99.5"})
    assert case.budget_requests.get().cost == Decimal("99.50")
    strict = Client(enforce_csrf_checks=True, headers={"Referer": "http://testserver/"})
    strict.force_login(service_agent)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(f"/oops/{case.pk}/").content.decode())[1]
    strict.post(f"/oops/{case.pk}/budget/withdraw/", {"csrfmiddlewaretoken": token, "surprise": "A flask."})
    assert not case.budget_requests.waiting().exists()


def test_a_manager_asks_the_manager_above(case, manager, parent_team):
    assert queries.whom_to_ask(case, manager, NOW) == parent_team.manager
    assert person("Someone", Role.SERVICE).team is None
