"""Another due time, with its reason; and taking back a tick."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from customers.models import Customer
from firm.models import Notification
from recovery import actions
from recovery.models import DueChange, Flag, Milestone
from tests.conftest import NOW

HOUR = timedelta(hours=1)
SOONER = NOW + 6 * HOUR


def change(case, who, *, kind="fix", due_at=SOONER, seen=1, at=NOW, reason="She leaves on Friday."):
    return actions.change_due(case, kind, due_at=due_at, seen=seen, reason=reason, acting_user=who, at=at)


def fix_of(case):
    return case.milestones.get(kind="fix")


def told(case, user):
    return set(Notification.objects.filter(user=user, key__startswith=f"case:{case.pk}:").values_list("key", flat=True))


def test_a_changed_time_is_kept_with_its_reason(case, service_agent):
    change(case, service_agent)
    fix, kept = fix_of(case), DueChange.objects.get()
    assert (fix.due_at, fix.generation, kept.was_due_at - NOW) == (SOONER, 2, 24 * HOUR)
    assert case.events.get(kind="due_changed").note == "Fix: She leaves on Friday."


def test_a_changed_time_is_flagged_and_told_anew(case, owner, service_agent):
    actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    actions.flag_due(NOW + 12 * HOUR)
    actions.tell_flags()
    before = told(case, owner)
    change(case, service_agent, due_at=NOW + 14 * HOUR, at=NOW + 12 * HOUR)
    actions.flag_due(NOW + 12 * HOUR)
    actions.tell_flags()
    anew = set(Flag.objects.filter(milestone=fix_of(case), generation=2).values_list("threshold", flat=True))
    assert anew == {"24h", "12h", "4h"}
    assert told(case, owner) - before == {f"case:{case.pk}:2:4h"}


@pytest.mark.parametrize(("kind", "hours"), [("fix", 24.01), ("acknowledge", 1.01), ("surprise", 25)])
def test_never_later_than_the_promise(case, service_agent, kind, hours):
    with pytest.raises(ValidationError, match="Later than the promise"):
        change(case, service_agent, kind=kind, due_at=NOW + timedelta(hours=hours))


def test_after_reopening_the_promise_runs_anew(case, manager, service_agent):
    actions.close_case(case, reason="Settled.", is_manager=True, acting_user=manager, at=NOW + HOUR)
    actions.reopen_case(case, reason="It broke again.", acting_user=service_agent, at=NOW + 30 * HOUR)
    change(case, service_agent, due_at=NOW + 50 * HOUR, seen=2, at=NOW + 30 * HOUR)
    with pytest.raises(ValidationError, match="Later than the promise"):
        change(case, service_agent, due_at=NOW + 55 * HOUR, seen=3, at=NOW + 30 * HOUR)


def test_what_is_done_or_the_same_is_not_changed(case, service_agent):
    with pytest.raises(ValidationError, match="due already"):
        change(case, service_agent, due_at=fix_of(case).due_at)
    actions.fix_case(case, note="Done.", acting_user=service_agent, at=NOW)
    with pytest.raises(ValidationError, match="ticked this meanwhile"):
        change(case, service_agent)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_at_once_the_second_is_told(case, service_agent):
    refused = []

    def one(hours):
        try:
            change(case, service_agent, due_at=NOW + hours * HOUR)
        except ValidationError as refusal:
            refused.append(refusal.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[hours]) for hours in (3, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DueChange.objects.count() == 1
    assert len(refused) == 1
    assert refused[0].startswith("Somebody changed this meanwhile")


def test_the_database_keeps_every_change(case, service_agent):
    kept = change(case, service_agent)
    for forbidden in (kept.delete, lambda: DueChange.objects.update(reason="")):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_a_tick_taken_back_runs_on(case, service_agent):
    actions.fix_case(case, note="The right glaze.", acting_user=service_agent, at=NOW)
    actions.untick_milestone(case, "fix", acting_user=service_agent, at=NOW + HOUR)
    fix = fix_of(case)
    assert (fix.done_at, fix.note, fix.due_at - NOW) == (None, "The right glaze.", 24 * HOUR)
    assert case.events.get(kind="undone").note == "Fix"
    actions.flag_due(NOW + 13 * HOUR)
    assert Flag.objects.filter(milestone=fix, threshold="12h").exists()


def test_a_letter_that_left_is_not_taken_back(case, contact, service_agent):
    who = {"acting_user": service_agent, "at": NOW}
    actions.apologise_case(case, apology="We are sorry.", contact=contact, how="mail", **who)
    with pytest.raises(ValidationError, match="has left"):
        actions.untick_milestone(case, "apologise", **who)


def test_a_printed_letter_is(case, service_agent):
    who = {"acting_user": service_agent, "at": NOW}
    actions.apologise_case(case, apology="We are sorry.", contact=None, how="printed", **who)
    actions.untick_milestone(case, "apologise", **who)
    case.refresh_from_db()
    assert (case.apology, case.apology_sent) == ("We are sorry.", "")


def test_a_surprise_from_a_secret_is_not_taken_back(case, secret, service_agent):
    who = {"acting_user": service_agent, "at": NOW}
    actions.surprise_case(case, surprise="Warm mittens.", secret=secret, **who)
    with pytest.raises(ValidationError, match="rests now"):
        actions.untick_milestone(case, "surprise", **who)


def test_erasing_a_customer_takes_the_reasons_too(case, manager, service_agent):
    change(case, service_agent, reason="Her mother is ill.")
    actions.close_case(case, reason="Settled.", is_manager=True, acting_user=manager, at=NOW)
    actions.erase_cases(Customer.objects.get(pk=case.customer_id))
    assert DueChange.objects.get().reason == "erased"


def test_the_page_says_what_is_wrong_and_loses_nothing(signed_in, service_agent, case, time_machine):
    time_machine.move_to(NOW, tick=False)
    client, url = signed_in(service_agent), f"/oops/{case.pk}/fix/due/"
    late = (NOW + 40 * HOUR).strftime("%Y-%m-%dT%H:%M")
    page = client.post(url, {"due_at": late, "reason": "They asked us to wait.", "seen": 1})
    assert page.status_code == 422
    assert "Later than the promise" in page.content.decode()
    assert "They asked us to wait." in page.content.decode()
    assert client.get(f"/oops/{case.pk}/check_back_7/due/").status_code == 404


def test_changed_and_taken_back_by_hand(signed_in, service_agent, case, time_machine):
    time_machine.move_to(NOW, tick=False)
    client = signed_in(service_agent)
    due = (NOW + 6 * HOUR).strftime("%Y-%m-%dT%H:%M")
    answer = client.post(f"/oops/{case.pk}/fix/due/", {"due_at": due, "reason": "She leaves.", "seen": 1}, follow=True)
    assert "changed" in answer.content.decode()
    client.post(f"/oops/{case.pk}/acknowledge/")
    answer = client.post(f"/oops/{case.pk}/acknowledge/untick/", follow=True)
    assert "Taken back" in answer.content.decode()
    assert Milestone.objects.get(case=case, kind="acknowledge").done_at is None
