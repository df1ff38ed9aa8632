"""The demo can be made on any day, its dates are relative to today; and in it no link leads nowhere."""

import re
from collections import deque
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import StringIO
from urllib.parse import urldefrag, urljoin

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import User
from compensation.models import Dispute, Run
from report_cards.models import Round

# Around the draw, the close, the payroll's days and the turn of month and year, and when clocks change; and who follows
# every link that day.
DAYS = {
    "2026-11-07 12:00": "Mark Carver",
    "2026-11-21 22:30": "Anna Fuller",
    "2026-11-24 05:00": "Rita Kane",
    "2026-12-06 12:00": "Eva Lindqvist",
    "2026-12-31 23:30": "Cora Pabst",
    "2027-01-01 00:30": "Adam Reiss",
    "2027-01-09 12:00": "Helen Sandvik",
    "2027-01-22 12:00": "Milo Hart",
    "2027-03-28 01:30": "Petra Simm",
    "2028-02-29 12:00": "Dan Whitlow",
}


class Links(HTMLParser):
    """Where a page leads."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [given[name] for name in ("href", "hx-get") if tag != "link" and given.get(name)]


def dead_links(client):
    """What answers with an error among all a person comes to from Today; of addresses that differ by numbers one."""
    dead, seen, waiting = [], set(), deque([("/", "")])
    while waiting:
        path, stood_on = waiting.popleft()
        shape = re.sub(r"=[^&]*", "", re.sub(r"\d+", "N", path))
        if shape in seen or not path.startswith("/") or path.startswith(("/static/", "/accounts/logout/")):
            continue
        seen.add(shape)
        answer = client.get(path)
        if answer.status_code >= 400:
            dead.append((answer.status_code, path, stood_on))
        elif answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting.extend((urldefrag(urljoin(path, link)).url, path) for link in Links(answer.text).found)
    return dead


@pytest.mark.parametrize(("day", "who"), DAYS.items())
def test_is_made_on_any_day(db, client, day, who):
    with time_machine.travel(datetime.fromisoformat(day).replace(tzinfo=UTC), tick=False):
        call_command("demo", customers=60, stdout=StringIO())

        assert Round.objects.closed().count() == Round.objects.count() - 1 >= 12
        assert Dispute.objects.exists() == Run.objects.filter(state=Run.State.LOCKED).exists()
        for name in ("Mark Carver", "Anna Fuller", "Rita Kane", "Eva Lindqvist", "Cora Pabst", "Adam Reiss"):
            client.force_login(User.objects.get(name=name))
            assert client.get("/").status_code == 200
        client.force_login(User.objects.get(name=who))
        assert dead_links(client) == []
