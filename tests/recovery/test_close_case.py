"""Closing needs everything done or a manager's reason; the timeline is never changed, deleted or emptied."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, connection, transaction

from recovery import actions
from recovery.models import Case, CaseEvent, CaseStep, DueChange
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def required(case):
    return CaseStep.objects.create(case=case, position=1, text="Call the driver", is_required=True)


def test_a_required_step_comes_before_closing(case, required, make_good, service_agent):
    make_good(case)
    with pytest.raises(ValidationError, match="Still to do: “Call the driver”"):
        actions.close_case(case, acting_user=service_agent, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed", closed_at=NOW, closed_by=service_agent)
    CaseStep.objects.update(done_at=NOW, done_by=service_agent)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_a_manager_says_why(case, required, manager):
    with pytest.raises(ValidationError, match="Say why you close it all the same"):
        actions.close_case(case, is_manager=True, reason="  ", acting_user=manager, at=NOW)
    actions.close_case(case, is_manager=True, reason="They moved away.", acting_user=manager, at=NOW)
    assert case.events.last().note == "They moved away."


def test_the_page_says_what_is_missing(case, required, signed_in, service_agent):
    page = signed_in(service_agent).get(f"/oops/{case.pk}/").content.decode()
    assert "Still to do: fix, surprise, apologise, “Call the driver”." in page
    answer = signed_in(service_agent).post(f"/oops/{case.pk}/close/", {"reason": "Enough."}, follow=True)
    assert "A manager may close it with a reason." in answer.content.decode()


def test_closing_twice_is_explained(case, make_good, service_agent):
    make_good(case)
    actions.close_case(case, acting_user=service_agent, at=NOW)
    with pytest.raises(ValidationError, match="The case is closed meanwhile"):
        actions.close_case(case, acting_user=service_agent, at=NOW)
    assert case.follow_ups.count() == 2


@pytest.mark.parametrize("table", [CaseEvent, DueChange])
@pytest.mark.parametrize("how", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_timeline_stays(case, service_agent, table, how):
    due = case.milestones.get(kind="fix").due_at
    sooner = {"due_at": due.replace(minute=0), "seen": 1, "reason": "They leave at noon."}
    actions.change_due(case, "fix", **sooner, acting_user=service_agent, at=NOW)
    with connection.cursor() as cursor:
        # TRUNCATE waits for no deferred check.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(InternalError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(how.format(table._meta.db_table))
    assert table.objects.exists()
