"""How fast mail goes to a provider: kept by all workers together, set by administrators."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firm.mail import postman
from firm.sweep import Sweep
from report_cards import actions, rules, tasks
from report_cards.models import Invitation, MailPace

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, customers_of

pytestmark = pytest.mark.usefixtures("open_now")


def sent():
    return Invitation.objects.filter(state="sent").count()


@pytest.fixture
def paced(card, customer, administrator):
    """Ten mails to a provider that takes thirty a minute, and one elsewhere."""
    customers_of(customer.owner, 10, at="slow.example")
    actions.set_pace("slow.example", 30, acting_user=administrator, at=DRAWN_AT)
    return actions.draw_round(OCTOBER, at=DRAWN_AT)


def sweep(time_machine, *, seconds):
    """A sweep in a world where waiting takes no time."""
    now = [timezone.now()]

    def wait(pause):
        now[0] += timedelta(seconds=pause)
        time_machine.move_to(now[0], tick=False)

    with postman() as person:
        end = timezone.now() + timedelta(seconds=seconds)
        Sweep(person, clock=timezone.now, until=end, pause=wait).run(actions.lanes(at=timezone.now()))


def test_a_pace_is_kept_and_holds_up_nobody_else(paced, sink, time_machine):
    sweep(time_machine, seconds=1)
    assert sorted(sink.to()) == ["c0@slow.example", "judith@aldous.example"]
    sweep(time_machine, seconds=1)
    assert len(sink.mails) == 2
    time_machine.move_to(ANSWERED_AT + timedelta(seconds=2), tick=False)
    sweep(time_machine, seconds=9)
    # At 2, 4, 6, 8 and 10 seconds.
    assert [address.partition("@")[0] for address in sink.to()[2:]] == ["c1", "c2", "c3", "c4", "c5"]
    sweep(time_machine, seconds=60)
    assert sent() == 11


def test_a_pace_belongs_to_all_workers(paced, sink, time_machine):
    """Another worker has just written to the provider."""
    MailPace.objects.filter(domain="slow.example").update(next_at=ANSWERED_AT + timedelta(seconds=30))
    sweep(time_machine, seconds=29)
    assert sink.to() == ["judith@aldous.example"]


def test_without_a_pace_nobody_waits(card, customer, sink, administrator):
    customers_of(customer.owner, 20, at="gmail.com")
    actions.set_pace("gmail.com", None, acting_user=administrator, at=DRAWN_AT)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    tasks.send_due()
    assert sent() == 21


def test_well_known_providers_have_one_from_the_start(month_round, sink):
    tasks.send_due()
    assert dict(MailPace.objects.values_list("domain", "per_minute")) == rules.PACES


def test_set_pace(paced, signed_in, administrator):
    client = signed_in(administrator)
    assert client.post("/rounds/paces/set/", {"domain": "@Slow.example ", "per_minute": "90"}).status_code == 302
    assert MailPace.objects.get(domain="slow.example").per_minute == 90
    client.post("/rounds/paces/set/", {"domain": "slow.example", "per_minute": ""})
    assert MailPace.objects.get(domain="slow.example").per_minute is None


@pytest.mark.parametrize(
    ("domain", "pace", "says"),
    [
        ("no domain", "5", "what stands behind the @"),
        ("", "5", "required"),
        ("a@b.example", "5", "what stands behind the @"),
        ("slow.example", "0", "greater than or equal to 1"),
        ("slow.example", "many", "whole number"),
        ("slow.example", "99999999999", "less than or equal to"),
    ],
)
def test_a_pace_that_makes_no_sense_is_explained(paced, signed_in, administrator, domain, pace, says):
    answer = signed_in(administrator).post("/rounds/paces/set/", {"domain": domain, "per_minute": pace})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert MailPace.objects.get().per_minute == 30


def test_the_page_counts_by_provider(paced, signed_in, administrator):
    Invitation.objects.filter(address__startswith="c1@").update(state="bounced", reason="550")
    page = signed_in(administrator).get("/rounds/paces/").content.decode()
    row = page[page.index('<th scope="row" class="text-break">slow.example') :].split("</tr>")[0]
    counts = [cell.split("<")[0] for cell in row.split('class="num end">')[1:]]
    assert counts == ["9", "0", "0", "1"]
    assert "And 1 more domain without a pace, with 1 mail together." in page


def test_as_many_queries_for_one_provider_as_for_twenty(paced, signed_in, administrator):
    client = signed_in(administrator)
    client.get("/rounds/paces/")
    with CaptureQueriesContext(connection) as few:
        client.get("/rounds/paces/")
    MailPace.objects.bulk_create(MailPace(domain=f"p{number}.example", per_minute=5) for number in range(20))
    with CaptureQueriesContext(connection) as many:
        client.get("/rounds/paces/")
    assert len(many) == len(few)
