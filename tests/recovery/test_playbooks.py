"""Checklists by root cause: kept by managers, copied at opening, ticked, and required ones before closing."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, Team
from recovery import actions
from recovery.models import Case, CaseStep, PlaybookStep
from tests.conftest import NOW, person


@pytest.fixture
def book(firm):
    """Two lines for deliveries, the first required."""
    return [
        PlaybookStep.objects.create(root_cause="delivery", position=place, text=text, is_required=place == 1)
        for place, text in enumerate(["Stop the lorry.", "Ring the depot."], start=1)
    ]


def used(cause="delivery"):
    return list(PlaybookStep.objects.filter(root_cause=cause, is_active=True).values_list("text", flat=True))


def test_a_line_is_added_changed_moved_retired_and_taken_up_again(signed_in, manager, book):
    client = signed_in(manager)
    client.post("/oops/playbooks/delivery/add/", {"text": "Write to them.", "is_required": "on"})
    assert used() == ["Stop the lorry.", "Ring the depot.", "Write to them."]
    last = PlaybookStep.objects.get(text="Write to them.")
    assert (last.is_required, last.changed_by) == (True, manager)
    client.post(f"/oops/playbooks/{last.pk}/change/", {"text": "Write at once."})
    client.post(f"/oops/playbooks/{last.pk}/move/", {"to": "up"})
    assert used() == ["Stop the lorry.", "Write at once.", "Ring the depot."]
    client.post(f"/oops/playbooks/{book[0].pk}/move/", {"to": "up"})
    said = client.post(f"/oops/playbooks/{book[0].pk}/retire/", follow=True).text
    assert used() == ["Write at once.", "Ring the depot."]
    assert f"/oops/playbooks/{book[0].pk}/restore/" in said
    client.post(f"/oops/playbooks/{book[0].pk}/restore/")
    assert used()[0] == "Stop the lorry."


def test_an_empty_line_is_refused_and_an_unknown_cause_is_not_there(signed_in, manager):
    client = signed_in(manager)
    refused = client.post("/oops/playbooks/delivery/add/", {"text": " "})
    assert (refused.status_code, "Say in a few words" in refused.text) == (422, True)
    assert client.get("/oops/playbooks/weather/add/").status_code == 404


def test_a_leader_of_a_service_team_keeps_them_too(signed_in, firm):
    lead = person("Lena Lead", Role.SERVICE)
    Team.objects.create(name="Service", manager=lead)
    assert signed_in(lead).get("/oops/playbooks/delivery/add/").status_code == 200


def test_a_case_keeps_the_words_it_was_opened_with(book, case, manager):
    actions.change_step(book[0], text="Stop every lorry.", is_required=False, acting_user=manager)
    assert list(case.playbook.values_list("text", "is_required")) == [
        ("Stop the lorry.", True),
        ("Ring the depot.", False),
    ]


def test_what_is_required_comes_before_closing(book, case, make_good, manager, service_agent):
    make_good(case)
    with pytest.raises(ValidationError, match="Stop the lorry"):
        actions.close_case(case, acting_user=service_agent, at=NOW)
    actions.tick_step(case, case.playbook.get(position=1), acting_user=service_agent, at=NOW)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    assert not case.is_open


def test_a_manager_closes_without_it_for_a_reason(book, case, make_good, manager):
    make_good(case)
    actions.close_case(case, reason="The lorry has no engine.", is_manager=True, acting_user=manager, at=NOW)
    case.refresh_from_db()
    assert not case.is_open


def test_the_database_refuses_it_too(book, case, make_good, service_agent):
    make_good(case)
    closed = {"state": "closed", "closed_at": NOW, "closed_by": service_agent}
    with pytest.raises(IntegrityError, match="required step"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**closed)
    CaseStep.objects.filter(case=case).update(done_at=NOW, done_by=service_agent)
    Case.objects.filter(pk=case.pk).update(**closed)


def test_ticked_and_taken_back_once_each_with_a_line_in_the_timeline(signed_in, service_agent, book, case):
    client, line = signed_in(service_agent), case.playbook.get(position=1)
    page = client.post(f"/oops/{case.pk}/playbook/{line.pk}/tick/", follow=True).text
    assert "Done, take back: </span>Stop the lorry." in page
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.tick_step(case, line, acting_user=service_agent, at=NOW)
    client.post(f"/oops/{case.pk}/playbook/{line.pk}/untick/")
    line.refresh_from_db()
    assert line.done_at is None
    assert list(case.events.values_list("kind", "note"))[1:] == [
        ("step_done", "Stop the lorry."),
        ("undone", "Stop the lorry."),
    ]


def test_a_line_of_another_case_is_not_there(signed_in, service_agent, book, open_case):
    one, other = open_case(), open_case()
    line = other.playbook.first()
    assert signed_in(service_agent).post(f"/oops/{one.pk}/playbook/{line.pk}/tick/").status_code == 404


def test_as_many_queries_for_twenty_lines_as_for_one(signed_in, manager, firm):
    client, counts = signed_in(manager), []
    for more in (1, 19):
        for number in range(more):
            PlaybookStep.objects.create(root_cause="billing", position=more + number, text=f"Line {more} {number}")
        with CaptureQueriesContext(connection) as made:
            client.get("/oops/playbooks/")
        counts.append(len(made))
    assert counts[0] == counts[1] <= 10
