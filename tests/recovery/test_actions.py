"""Opening, ticking, closing, reopening and handing over, and the rows they leave."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, transaction

from accounts.models import Role
from firm.models import Notification, OutboxMail
from recovery import actions
from recovery.models import Case, CaseEvent, Flag, Milestone
from secrets_manual.models import AccessGrant, Secret, SecretUse
from tests.conftest import NOW, person


@pytest.fixture
def second_agent(firm):
    return person("Sid Second", Role.SERVICE)


def kinds(case):
    return list(case.events.values_list("kind", flat=True))


def running_grants(case):
    return set(
        AccessGrant.objects.filter(reference=f"case:{case.pk}", ended_at=None).values_list("user__name", flat=True)
    )


def test_opening_starts_four_clocks(case):
    due = {one.kind: one.due_at - NOW for one in case.milestones.all()}
    day = timedelta(hours=24)
    assert due == {"acknowledge": timedelta(hours=1), "fix": day, "surprise": day, "apologise": day}
    assert kinds(case) == ["opened"]


def test_the_clock_runs_from_the_report(open_case):
    case = open_case(reported_at=NOW - timedelta(hours=5))
    assert case.milestones.get(kind="fix").due_at == NOW + timedelta(hours=19)
    assert Flag.objects.filter(milestone__case=case, threshold="overdue", noticed=True).count() == 1


def test_the_agent_reads_the_manual_while_the_case_is_open(case, secret, service_agent, make_good):
    assert Secret.objects.visible_to(service_agent, at=NOW).filter(pk=secret.pk).exists()
    make_good(case)
    actions.close_case(case, acting_user=service_agent, at=NOW + timedelta(hours=2))
    assert not Secret.objects.visible_to(service_agent, at=NOW + timedelta(hours=3)).filter(pk=secret.pk).exists()


def test_owner_hears_of_the_opening(case, owner, service_agent):
    assert list(Notification.objects.filter(key=f"case:{case.pk}:opened").values_list("user", flat=True)) == [owner.pk]


def test_a_surprise_uses_its_secret(case, secret, service_agent):
    actions.surprise_case(case, surprise="Mittens.", secret=secret, acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    assert (case.surprise, case.surprise_secret_id) == ("Mittens.", secret.pk)
    assert SecretUse.objects.get(secret=secret).reference == f"case:{case.pk}"


def test_an_apology_goes_out_and_is_kept_exactly(case, contact, service_agent):
    letter = "Dear Judith,\n\nwe are sorry.  "
    actions.apologise_case(case, apology=letter, contact=contact, how="mail", acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    mail = OutboxMail.objects.get(to=contact.email)
    assert case.apology == mail.text == letter
    assert (case.apology_to, case.apology_sent, case.apology_sent_at) == (contact.email, "mail", NOW)


def test_nothing_is_ticked_twice(case, service_agent):
    actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.acknowledge_case(case, acting_user=service_agent, at=NOW)
    assert kinds(case) == ["opened", "acknowledged"]


def test_an_unfinished_case_does_not_close(case, service_agent):
    with pytest.raises(ValidationError, match="fix, surprise, apologise"):
        actions.close_case(case, reason="Enough.", acting_user=service_agent, at=NOW)


def test_closing_in_full_puts_down_two_check_backs(case, make_good, service_agent):
    make_good(case)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    due = {one.kind: (one.due_at - NOW).days for one in case.milestones.filter(kind__startswith="check")}
    assert due == {"check_back_7": 7, "check_back_90": 90}
    assert running_grants(case) == set()
    assert list(Case.objects.to_check_back(NOW + timedelta(days=8))) == [case]
    actions.check_back(case, note="Happy again.", acting_user=service_agent, at=NOW + timedelta(days=8))
    assert not Case.objects.to_check_back(NOW + timedelta(days=8))


def test_reopening_makes_the_fix_due_anew(case, make_good, service_agent):
    make_good(case)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    later = NOW + timedelta(days=2)
    actions.reopen_case(case, reason="It broke again.", acting_user=service_agent, at=later)
    fix = case.milestones.get(kind="fix")
    assert (fix.generation, fix.done_at, fix.due_at) == (2, None, later + timedelta(hours=24))
    assert running_grants(case) == {service_agent.name}
    assert actions.flag_due(later + timedelta(hours=12)) == 1
    assert kinds(case)[-2:] == ["closed", "reopened"]


def test_what_was_never_done_is_flagged_after_reopening(case, manager, service_agent):
    actions.close_case(case, reason="They moved.", is_manager=True, acting_user=manager, at=NOW)
    actions.reopen_case(case, reason="They are back.", acting_user=service_agent, at=NOW + timedelta(days=3))
    actions.flag_due(NOW + timedelta(days=3))
    assert Flag.objects.filter(milestone__kind="surprise", threshold="overdue").count() == 1


def test_handing_over_moves_the_access(case, second_agent, service_agent):
    actions.hand_over_case(case, to=second_agent, note="All is told.", acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    assert case.agent == second_agent
    assert running_grants(case) == {second_agent.name}
    assert Notification.objects.filter(user=second_agent).exists()


def test_the_database_refuses_an_unfinished_close(case, service_agent):
    closed = {"state": "closed", "closed_at": NOW, "closed_by": service_agent}
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**closed)
    Case.objects.filter(pk=case.pk).update(**closed, close_reason="They moved away.")


def test_the_database_refuses_a_close_without_a_time(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", close_reason="They moved away.")


def test_the_database_refuses_a_second_flag(case):
    flag = Flag.objects.filter(milestone__case=case).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Flag.objects.create(milestone=flag.milestone, threshold=flag.threshold, generation=1, at=NOW)


@pytest.mark.parametrize("change", [lambda events: events.update(note="x"), lambda events: events.delete()])
def test_the_timeline_is_never_changed(case, change):
    with pytest.raises(InternalError), transaction.atomic():
        change(CaseEvent.objects.filter(case=case))


def test_the_timeline_holds_no_secret(case, secret, service_agent):
    actions.surprise_case(case, surprise="Mittens.", secret=secret, acting_user=service_agent, at=NOW)
    assert "Mittens" not in " ".join(case.events.values_list("note", flat=True))


def test_a_done_milestone_is_never_flagged(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Milestone.objects.filter(case=case, kind="fix").update(done_at=NOW)
