"""Roles given and taken; the sensitive ones by two administrators."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from accounts.actions import ask_role_change, decide_role_change
from accounts.models import Role, RoleChange, User
from tests.conftest import NOW, person


def ask(user, role, administrator, given=True):
    return ask_role_change(user, role=role, given=given, acting_user=administrator, at=NOW)


def roles_of(user):
    return User.objects.get(pk=user.pk).roles


@pytest.mark.parametrize("role", ["executive", "compensation", "privacy_officer"])
def test_a_sensitive_role_takes_another_administrator(role, owner, administrator, second_administrator):
    change = ask(owner, role, administrator)
    assert role not in roles_of(owner)
    with pytest.raises(PermissionDenied):
        decide_role_change(change, agree=True, acting_user=administrator, at=NOW)
    decide_role_change(change, agree=True, acting_user=second_administrator, at=NOW)
    assert roles_of(owner) == sorted(["salesperson", role])


def test_other_roles_are_given_and_taken_at_once(owner, administrator):
    ask(owner, "service", administrator)
    ask(owner, "salesperson", administrator, given=False)
    assert roles_of(owner) == ["service"]


def test_nobody_changes_their_own_roles(administrator, signed_in):
    with pytest.raises(PermissionDenied):
        ask(administrator, "service", administrator)
    posted = signed_in(administrator).post(f"/people/{administrator.pk}/roles/", {"roles": ["executive"]})
    assert posted.status_code == 403


def test_nobody_agrees_to_their_own_role(administrator, second_administrator):
    change = ask(second_administrator, "executive", administrator)
    with pytest.raises(PermissionDenied):
        decide_role_change(change, agree=True, acting_user=second_administrator, at=NOW)


def test_whoever_asked_may_take_it_back(owner, administrator):
    decide_role_change(ask(owner, "executive", administrator), agree=False, acting_user=administrator, at=NOW)
    assert owner.role_changes.get().state == "refused"


def test_a_decided_change_is_final(owner, administrator, second_administrator):
    change = ask(owner, "executive", administrator)
    decide_role_change(change, agree=False, acting_user=second_administrator, at=NOW)
    with pytest.raises(ValidationError, match="meanwhile"):
        decide_role_change(change, agree=True, acting_user=second_administrator, at=NOW)


def test_the_pages_tell_and_agree(administrator, waiting_change, second_administrator, signed_in):
    assert administrator.notifications.get().text.startswith("Ada Min asks you to agree")
    assert "Agree" not in signed_in(second_administrator).get("/people/roles/").text.replace("agreement", "")
    browser = signed_in(administrator)
    assert "Olga Outside" in browser.get("/people/roles/").text
    browser.post(f"/people/roles/{waiting_change.pk}/agree/")
    assert Role.EXECUTIVE in roles_of(waiting_change.user)


def at_once(*calls):
    """What each call raised, or None, all started at the same moment in threads of their own."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            call()
        except ValidationError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_decisions_at_once_one_wins(waiting_change, administrator):
    third = person("Arno Min", Role.ADMINISTRATOR)
    outcomes = at_once(
        lambda: decide_role_change(waiting_change, agree=True, acting_user=administrator, at=NOW),
        lambda: decide_role_change(waiting_change, agree=False, acting_user=third, at=NOW),
    )
    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    state = RoleChange.objects.get(pk=waiting_change.pk).state
    assert (state == "done") == (Role.EXECUTIVE in roles_of(waiting_change.user))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_administrators_cannot_take_each_other_out_at_once(administrator, second_administrator):
    outcomes = at_once(
        lambda: ask(administrator, "administrator", second_administrator, given=False),
        lambda: ask(second_administrator, "administrator", administrator, given=False),
    )
    assert sorted(outcome is None for outcome in outcomes) == [False, True]
    assert User.objects.holding(Role.ADMINISTRATOR).count() == 1
