"""The demo can be made on any day: its dates are relative to today."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import User
from compensation.models import Dispute, Run
from report_cards.models import Round

# Around the draw, the close, the payroll's days and the turn of month and year, and when clocks change.
DAYS = [
    "2026-11-07 12:00",
    "2026-11-21 22:30",
    "2026-11-24 05:00",
    "2026-12-06 12:00",
    "2026-12-31 23:30",
    "2027-01-01 00:30",
    "2027-01-09 12:00",
    "2027-01-22 12:00",
    "2027-03-28 01:30",
    "2028-02-29 12:00",
]


@pytest.mark.parametrize("day", DAYS)
def test_is_made_on_any_day(db, client, day):
    with time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=UTC), tick=False):
        call_command("demo", customers=60, stdout=StringIO())

        assert Round.objects.closed().count() == Round.objects.count() - 1 >= 12
        assert Dispute.objects.exists() == Run.objects.filter(state=Run.State.LOCKED).exists()
        for name in ("Mark Carver", "Anna Fuller", "Rita Kane", "Eva Lindqvist", "Cora Pabst", "Adam Reiss"):
            client.force_login(User.objects.get(name=name))
            assert client.get("/").status_code == 200
