"""A use of a moment ago is taken back by whoever made it: the rest as before, the history with both."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from firm.models import Notification
from secrets_manual.actions import lift_rest, note_outcome, rest_secret, unuse_secret, use_secret
from secrets_manual.models import SecretRead, SecretUse
from secrets_manual.queries import credit_of, history_of
from tests.conftest import NOW

SOON = NOW + timedelta(minutes=5)


def use(secret, user, at=NOW, reference=""):
    return use_secret(secret, reference=reference, note="a towel", acting_user=user, at=at)


def test_as_if_it_had_not_been_used(secret, colleague, owner):
    unuse_secret(use(secret, colleague), acting_user=colleague, at=SOON)
    secret.refresh_from_db()
    assert (secret.resting_until, SecretUse.objects.count()) == (None, 0)
    assert not Notification.objects.filter(user=owner).exists(), "nobody is credited for what was taken back"
    assert credit_of(owner).used == 0
    assert [change.deed for change in history_of(secret, owner)] == ["Use taken back", "Put to use"]


def test_an_earlier_rest_comes_back(secret, colleague, owner):
    rest_secret(secret, until=NOW, acting_user=owner, at=NOW - timedelta(days=3))
    unuse_secret(use(secret, colleague), acting_user=colleague, at=SOON)
    secret.refresh_from_db()
    assert secret.resting_until == NOW


@pytest.mark.parametrize("then", [lift_rest, rest_secret])
def test_what_somebody_did_meanwhile_stays(secret, colleague, owner, then):
    used = use(secret, colleague)
    until = NOW + timedelta(days=3)
    more = {"reason": "She asked for it."} if then is lift_rest else {"until": until, "at": SOON}
    then(secret, acting_user=owner, **more)
    unuse_secret(used, acting_user=colleague, at=SOON)
    secret.refresh_from_db()
    assert secret.resting_until == (None if then is lift_rest else until)


def test_the_second_use_is_taken_back_alone(secret, colleague):
    use(secret, colleague)
    again = NOW + timedelta(days=90)
    unuse_secret(use(secret, colleague, again), acting_user=colleague, at=again)
    secret.refresh_from_db()
    assert (secret.resting_until, SecretUse.objects.count()) == (again, 1)


@pytest.mark.parametrize("late", [timedelta(minutes=15), timedelta(days=14)])
def test_only_for_a_short_while(secret, colleague, late):
    used = use(secret, colleague)
    with pytest.raises(ValidationError):
        unuse_secret(used, acting_user=colleague, at=NOW + late)
    assert SecretUse.objects.exists()


def test_not_what_something_came_of(secret, colleague):
    used = use(secret, colleague)
    note_outcome(used, result="pleased", outcome="", acting_user=colleague, at=SOON)
    with pytest.raises(ValidationError):
        unuse_secret(used, acting_user=colleague, at=SOON)


def test_not_what_a_case_hangs_on(secret, service_agent):
    used = use(secret, service_agent, reference="case:1")
    with pytest.raises(ValidationError):
        unuse_secret(used, acting_user=service_agent, at=SOON)


def test_twice_is_refused(secret, colleague):
    used = use(secret, colleague)
    unuse_secret(used, acting_user=colleague, at=SOON)
    with pytest.raises(ValidationError):
        unuse_secret(used, acting_user=colleague, at=SOON)


def test_offered_where_it_was_recorded(signed_in, secret, colleague, owner, time_machine):
    time_machine.move_to(NOW, tick=False)
    client, data = signed_in(colleague), {"kind": "gesture", "note": "a towel"}
    page = client.post(reverse("use_secret", args=[secret.pk]), data, follow=True).content.decode()
    undo = reverse("unuse_secret", args=[SecretUse.objects.get().pk])
    assert undo in page
    assert signed_in(owner).post(undo).status_code == 404, "the same person's only"
    page = client.post(undo, follow=True).content.decode()
    assert "Taken back" in page
    assert "Not resting" in page
    assert client.post(undo).status_code == 404
    assert SecretRead.objects.filter(user=colleague).exists(), "what was read stays in the log"
    assert client.post(reverse("use_secret", args=[secret.pk]), data).status_code == 302, "free to be used at once"


def test_too_late_is_said(signed_in, secret, colleague, time_machine):
    used = use(secret, colleague)
    time_machine.move_to(NOW + timedelta(hours=1))
    page = signed_in(colleague).post(reverse("unuse_secret", args=[used.pk]), follow=True).content.decode()
    assert "It is too late to take this back" in page
