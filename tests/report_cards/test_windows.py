"""When a mail may go out on the customer's clock, and whose clock that is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.actions import add_customer
from customers.models import Contact, Ownership
from customers.rules.zones import country_zone, zone_of
from firm.rules import last_day
from report_cards import actions, rules
from report_cards.models import Invitation, Policy
from tests.conftest import NOW

from .conftest import DRAWN_AT, OCTOBER

BERLIN, LORD_HOWE, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Pacific/Apia")
EIGHT, SIX = time(8), time(18)


@pytest.mark.parametrize(
    ("at", "zone", "start", "until", "expected"),
    [
        ("2026-11-02T09:00+01:00", BERLIN, EIGHT, SIX, "2026-11-02T09:00+01:00"),
        ("2026-11-02T07:59+01:00", BERLIN, EIGHT, SIX, "2026-11-02T08:00+01:00"),
        ("2026-11-02T18:00+01:00", BERLIN, EIGHT, SIX, "2026-11-03T08:00+01:00"),
        # The clock goes from 2 to 3 on 29 March 2026: half past two is half past three, as before the change.
        ("2026-03-29T01:00+01:00", BERLIN, time(2, 30), SIX, "2026-03-29T03:30+02:00"),
        # A window that lies within the hour that is skipped is passed over.
        ("2026-03-28T03:00+01:00", BERLIN, time(2, 10), time(2, 50), "2026-03-30T02:10+02:00"),
        # Half past two comes twice on 25 October 2026.
        ("2026-10-25T01:00+02:00", BERLIN, time(2, 30), SIX, "2026-10-25T02:30+02:00"),
        ("2026-10-25T02:10+01:00", BERLIN, time(2, 30), SIX, "2026-10-25T02:30+01:00"),
        # Lord Howe moves by half an hour: from 2:00 to 2:30 on 4 October 2026.
        ("2026-10-04T01:00+10:30", LORD_HOWE, time(2, 15), SIX, "2026-10-04T02:45+11:00"),
        ("2026-04-04T20:00+11:00", LORD_HOWE, EIGHT, SIX, "2026-04-05T08:00+10:30"),
        # Samoa had no 30 December 2011.
        ("2011-12-29T20:00-10:00", APIA, EIGHT, SIX, "2011-12-31T08:00+14:00"),
    ],
)
def test_next_in_window(at, zone, start, until, expected):
    found = rules.next_in_window(datetime.fromisoformat(at), zone, start, until)
    assert found == datetime.fromisoformat(expected)


zones = st.sampled_from([BERLIN, LORD_HOWE, APIA, ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Kathmandu")])
moments = st.integers(0, 500_000_000).map(
    lambda seconds: datetime(2011, 12, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
minutes = st.integers(0, 1439).map(lambda minute: time(minute // 60, minute % 60))
windows = st.tuples(minutes, minutes).filter(lambda pair: pair[0] < pair[1])


@given(moments, zones, windows)
def test_what_is_found_is_never_earlier_and_in_the_window(at, zone, window):
    start, until = window
    found = rules.next_in_window(at, zone, start, until)
    assert found >= at
    assert start <= found.astimezone(zone).time() < until
    assert rules.next_in_window(found, zone, start, until) == found


@given(moments, zones)
def test_a_window_of_the_working_day_comes_within_a_day_or_two(at, zone):
    """Two, where a day is left out of the calendar."""
    assert rules.next_in_window(at, zone, EIGHT, SIX) - at < timedelta(hours=39)


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("France", "Europe/Paris"),
        ("fr", "Europe/Paris"),
        ("UK", "Europe/London"),
        # Büsingen has a row of its own and the same time.
        ("Germany", "Europe/Berlin"),
        ("USA", ""),
        ("United States", ""),
        ("Australia", ""),
        ("Freedonia", ""),
        ("", ""),
    ],
)
def test_the_zone_of_a_country(country, expected):
    assert country_zone(country, year=2026) == expected


def test_a_customers_own_zone_comes_first_and_the_firms_last():
    assert zone_of("Asia/Tokyo", "France", otherwise="UTC", year=2026) == "Asia/Tokyo"
    assert zone_of("", "France", otherwise="UTC", year=2026) == "Europe/Paris"
    assert zone_of("", "USA", otherwise="UTC", year=2026) == "UTC"


def test_invitations_are_due_in_daytime_where_the_customer_is(card, customer, owner):
    for name, fields in {
        "Tokyo": {"zone": "Asia/Tokyo"},
        "Auckland": {"country": "Fiji"},
        "Nowhere": {"country": "USA"},
    }.items():
        made = add_customer(name=name, owner=owner, acting_user=owner, at=NOW, since=date(2025, 1, 1), **fields)
        Contact.objects.create(customer=made, name=name, email=f"{name}@else.example", language="fr")
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    due = {row.customer.name: (row.zone, row.due_at.isoformat()) for row in Invitation.objects.all()}
    assert due == {
        "Aldous & Daughter": ("Europe/Berlin", "2026-11-02T08:00:00+00:00"),
        "Tokyo": ("Asia/Tokyo", "2026-11-02T08:00:00+00:00"),
        "Auckland": ("Pacific/Fiji", "2026-11-02T20:00:00+00:00"),
        "Nowhere": ("Europe/Berlin", "2026-11-02T08:00:00+00:00"),
    }
    assert Invitation.objects.get(customer__name="Tokyo").language == "fr"


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Kiritimati"])
def test_the_owner_at_the_months_end_in_three_zones(card, customer, colleague, firm, zone):
    """Days of ownership are the firm's: the owner of its 31st is rated, and the draw comes after that day."""
    firm.zone = zone
    firm.save()
    Ownership.objects.filter(customer=customer).update(until=last_day(OCTOBER))
    Ownership.objects.create(customer=customer, owner=colleague, since=last_day(OCTOBER), made_by=None)
    over = datetime(2026, 11, 1, tzinfo=firm.tzinfo)
    with pytest.raises(actions.CannotDraw):
        actions.draw_round(OCTOBER, at=over - timedelta(seconds=1))
    round_ = actions.draw_round(OCTOBER, at=over)
    assert round_.closes_at == datetime(2026, 11, 21, 23, 59, tzinfo=firm.tzinfo)
    assert Invitation.objects.get().salesperson == colleague


def test_the_sample_asked_about_pressure_is_the_policys_share(card, customer, owner):
    Policy.objects.create(pressure_sample_bp=10_000)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert Invitation.objects.get().asks_pressure


@given(st.integers(1, 10**6))
def test_the_sample_can_be_drawn_again(round_id):
    def sample(share):
        return {n for n in range(400) if rules.is_sampled(round_id=round_id, invitation_id=n, share_bp=share)}

    assert sample(0) == set()
    assert len(sample(10_000)) == 400
    assert sample(500) <= sample(2_000) == sample(2_000)
    assert 30 < len(sample(2_000)) < 140
