"""Handing a case over: the access goes with it, and the note stays on top until the new agent has read it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role
from recovery import actions
from recovery.models import Absence
from secrets_manual.actions import ask_confidential, log_secret
from secrets_manual.models import AccessGrant, Category, Secret
from tests.conftest import NOW, person

NOTE = "She prefers the telephone."


@pytest.fixture
def second(firm):
    return person("Sid Second", Role.SERVICE)


@pytest.fixture
def confidential(customer, owner):
    category = Category.objects.get(key="family_priority")
    given = {"category": category, "text": "Her mother has moved in.", "sensitivity": "confidential"}
    return log_secret(customer, **given, audiences=["sales", "service"], acting_user=owner, at=NOW)


def readers(secret, *people, at=NOW):
    return [user.name for user in people if Secret.objects.visible_to(user, at=at).filter(pk=secret.pk).exists()]


def test_the_note_stays_on_top_until_it_is_read(signed_in, service_agent, second, case):
    signed_in(service_agent).post(f"/oops/{case.pk}/hand-over/", {"to": second.pk, "note": NOTE})
    client = signed_in(second)
    page = client.get(f"/oops/{case.pk}/").text
    assert page.index(NOTE) < page.index('aria-label="The clock"')
    assert "has not read it yet" in signed_in(service_agent).get(f"/oops/{case.pk}/").text
    assert signed_in(service_agent).post(f"/oops/{case.pk}/take-over/").status_code == 403
    client.post(f"/oops/{case.pk}/take-over/")
    assert 'aria-label="Handed over"' not in client.get(f"/oops/{case.pk}/").text
    assert list(case.events.values_list("kind", flat=True)) == ["opened", "handed_over", "took_over"]


def test_who_is_away_is_said_beside_their_load(signed_in, service_agent, second, open_case):
    at = timezone.now()
    Absence.objects.create(user=second, starts_at=at - timedelta(days=1), ends_at=at + timedelta(days=1))
    case = open_case(agent=service_agent)
    assert "Sid Second (0 open, away)" in signed_in(service_agent).get(f"/oops/{case.pk}/").text


def test_the_access_goes_with_the_case_through_every_turn(case, confidential, service_agent, second, manager):
    """Opening, asking, handing over, closing and opening again each leave exactly one agent with access, or none."""
    running = AccessGrant.objects.filter(reference=case.grant_reference, ended_at=None)
    both = (service_agent, second)
    assert readers(confidential, *both) == []
    ask_confidential(case.customer, reason="She is in tears.", acting_user=service_agent, at=NOW)
    assert readers(confidential, *both) == ["Rita Kane"]
    assert readers(confidential, *both, at=NOW + timedelta(minutes=61)) == []
    actions.hand_over_case(case, to=second, note=NOTE, acting_user=service_agent, at=NOW)
    assert readers(confidential, *both) == []
    assert [grant.user for grant in running] == [second]
    ask_confidential(case.customer, reason="She rang again.", acting_user=second, at=NOW)
    actions.close_case(case, reason="Settled.", is_manager=True, acting_user=manager, at=NOW)
    assert readers(confidential, *both) == []
    assert not running.all().exists()
    actions.reopen_case(case, reason="It broke again.", acting_user=service_agent, at=NOW)
    assert [(grant.user, grant.purpose) for grant in running.all()] == [(second, "case")]
    assert AccessGrant.objects.filter(reference=case.grant_reference).count() == 5


@pytest.mark.parametrize(("asked", "led"), [("/oops/{}/", "/oops/{}/"), ("//evil.example/", "/customers/{}/")])
def test_asking_leads_back_to_the_case(signed_in, service_agent, case, confidential, time_machine, asked, led):
    time_machine.move_to(NOW, tick=False)
    url = f"/customers/{case.customer_id}/ask/?next={asked.format(case.pk)}"
    answer = signed_in(service_agent).post(url, {"reason": "She is in tears."}, follow=True)
    assert answer.redirect_chain[-1][0] == led.format(case.pk if "oops" in led else case.customer_id)
    assert "Her mother has moved in." in answer.text


def test_a_note_is_a_line_of_the_timeline_of_a_closed_case_too(signed_in, manager, case, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = signed_in(manager)
    client.post(f"/oops/{case.pk}/note/", {"note": "Rang her."})
    client.post(f"/oops/{case.pk}/close/", {"reason": "Settled."})
    client.post(f"/oops/{case.pk}/note/", {"note": "She wrote."})
    assert list(case.events.filter(kind="noted").values_list("note", flat=True)) == ["Rang her.", "She wrote."]
    assert client.post(f"/oops/{case.pk}/note/", {"note": " "}).status_code == 422
