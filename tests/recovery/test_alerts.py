"""The pages about alerts: who was told, the button, the ladder, the rota, who is away; and pages that stay fresh."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recovery import actions
from recovery.models import Absence, Alert, LadderStep, Shift
from tests.conftest import person

HOUR = timedelta(hours=1)


@pytest.fixture
def late(open_case):
    """A case whose acknowledging is overdue by an hour; the agent was told."""

    def make():
        at = timezone.now()
        case = open_case(at=at - 2 * HOUR)
        actions.flag_due(at)
        actions.raise_alerts(at)
        actions.climb_alerts(at)
        return case

    return make


def page(client, path):
    return client.get(path).content.decode()


def test_the_banner_asks_whoever_was_told(signed_in, late, executive, service_agent, owner):
    alert = late().alerts.get()
    button = f'action="/oops/alerts/{alert.pk}/take/"'
    assert button in page(signed_in(service_agent), "/notifications/")
    assert button not in page(signed_in(owner), "/notifications/")
    assert button not in page(signed_in(executive), "/notifications/")


def test_an_executive_takes_what_they_were_told_of_and_sees_no_case(signed_in, late, executive, manager, parent_team):
    case = late()
    alert = case.alerts.get()
    client = signed_in(executive)
    assert client.get(alert.get_absolute_url()).status_code == 404
    for minutes in (10, 25, 45):
        actions.climb_alerts(timezone.now() + timedelta(minutes=minutes))
    seen = page(client, alert.get_absolute_url())
    assert "I have it" in seen
    assert "Open the case" not in seen
    answer = client.post(f"/oops/alerts/{alert.pk}/take/", follow=True)
    assert answer.redirect_chain == [(alert.get_absolute_url(), 302)]
    assert f"{executive.name} has it" in answer.content.decode()
    again = signed_in(manager).post(f"/oops/alerts/{alert.pk}/take/", follow=True)
    assert f"{executive.name} has it already." in again.content.decode()


def test_the_case_page_asks_whoever_steers(signed_in, late, owner, colleague):
    case = late()
    assert "I have it" in page(signed_in(owner), case.get_absolute_url())
    assert "I have it" not in page(signed_in(colleague), case.get_absolute_url())


def test_as_many_queries_for_twenty_alerts_as_for_one(signed_in, late, service_agent):
    client = signed_in(service_agent)
    late()
    with CaptureQueriesContext(connection) as one:
        page(client, "/oops/alerts/")
    for _ in range(19):
        late()
    with CaptureQueriesContext(connection) as twenty:
        assert page(client, "/oops/alerts/").count("alert-row") == 20
    assert len(one) == len(twenty)


def test_the_ladder_is_set_by_those_who_lead(signed_in, manager, service_agent):
    client = signed_in(manager)
    given = {"agent": 5, "team_lead": 6, "manager": 7, "executive": 8}
    assert "A minute at least" in client.post("/oops/ladder/", {**given, "agent": 0}).content.decode()
    assert client.post("/oops/ladder/", given).status_code == 302
    assert LadderStep.objects.get(level="agent").wait_minutes == 5
    assert "5 min" in page(signed_in(service_agent), "/oops/ladder/")
    assert signed_in(service_agent).post("/oops/ladder/", given).status_code == 403


def test_a_week_shows_shifts_overlaps_and_gaps(signed_in, manager, service_agent):
    client = signed_in(manager)
    other = person("Sam Second", "service")
    shift = {"level": "agent", "user": service_agent.pk, "starts_at": "2026-10-25T00:00", "ends_at": "2026-10-25T12:00"}
    assert client.post("/oops/rota/add/", shift).status_code == 302
    again = client.post("/oops/rota/add/", shift)
    assert "is on duty there already" in again.content.decode()
    beside = client.post("/oops/rota/add/", {**shift, "user": other.pk, "ends_at": "2026-10-25T18:00"}, follow=True)
    assert f"At the same time: {service_agent.name}" in beside.content.decode()
    assert "nobody on duty 18:00 to 24:00" in page(client, "/oops/rota/?week=2026-10-22")
    # The clocks go back that night: noon is 13 hours after midnight.
    one = Shift.objects.get(user=service_agent)
    assert one.ends_at - one.starts_at == 13 * HOUR
    client.post(f"/oops/rota/{one.pk}/remove/")
    assert Shift.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"ends_at": "2026-11-24T08:00"}, "Pick an end after the beginning."),
        ({"ends_at": "2027-11-24T08:00"}, "31 days at the most."),
        ({"level": "executive"}, "Choose somebody who is executive"),
        ({"starts_at": ""}, "Pick a day and a time."),
    ],
)
def test_a_shift_that_cannot_be(signed_in, manager, service_agent, changed, said):
    given = {"level": "agent", "user": service_agent.pk, "starts_at": "2026-11-24T09:00", "ends_at": "2026-11-24T17:00"}
    answer = signed_in(manager).post("/oops/rota/add/", {**given, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_one_says_that_one_is_away_and_a_manager_for_the_team(signed_in, owner, colleague, manager, outsider):
    span = {"starts_at": "2030-11-24T09:00", "ends_at": "2030-11-28T17:00"}
    mine = {"user": owner.pk, "stand_in": colleague.pk, **span}
    said = signed_in(owner).post("/oops/absences/", mine, follow=True).content.decode()
    assert f"go to {colleague.name} meanwhile" in said
    assert signed_in(owner).post("/oops/absences/", {"user": colleague.pk, **span}).status_code == 422
    assert signed_in(owner).post("/oops/absences/", {**mine, "stand_in": owner.pk}).status_code == 422
    assert signed_in(manager).post("/oops/absences/", {"user": colleague.pk, **span}).status_code == 302
    assert signed_in(manager).post("/oops/absences/", {"user": outsider.pk, **span}).status_code == 422
    assert colleague.name not in page(signed_in(outsider), "/oops/absences/").split("<form")[0]
    absence = Absence.objects.get(user=owner)
    assert signed_in(outsider).post(f"/oops/absences/{absence.pk}/remove/").status_code == 404
    assert signed_in(manager).post(f"/oops/absences/{absence.pk}/remove/").status_code == 302


def test_the_pulse_of_a_case_shows_what_happened_and_touches_no_field(signed_in, late, owner, service_agent):
    case = late()
    client = signed_in(owner)
    seen = case.events.last().pk
    actions.acknowledge_case(case, acting_user=service_agent, at=timezone.now())
    fresh = page(client, f"/oops/{case.pk}/pulse/?seen={seen}")
    assert "Time left to fix" in fresh
    assert f"Meanwhile: acknowledged, by {service_agent.name}" in fresh.replace("Acknowledged", "acknowledged")
    assert "<textarea" not in fresh
    assert "<html" not in fresh
    assert "The ticking has stopped; times on this page are still right." in fresh
    assert Alert.objects.get().ended_at


def test_the_pulse_of_the_list_is_the_list(signed_in, late, service_agent):
    late()
    fresh = signed_in(service_agent).get("/oops/", headers={"HX-Request": "true"}).content.decode()
    assert "late by 1 h" in fresh
    assert "<html" not in fresh
    assert "I have it" in page(signed_in(service_agent), "/oops/clocks/")
