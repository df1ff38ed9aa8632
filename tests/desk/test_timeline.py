"""Everything that happened with a customer, page by page, and nothing its reader may not see."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from customers.actions import add_promise, break_promise, hand_over, keep_promise
from customers.models import Interaction, Misfit, Sale
from desk.queries.timeline import KINDS, cursor_of, timeline
from recovery.actions import open_case
from report_cards.models import Invitation, ReportCard, Response, Round
from secrets_manual.actions import log_secret, use_secret
from secrets_manual.models import Category, Conversation
from tests.conftest import NOW

TODAY = NOW.date()


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def secret(customer, owner):
    words = {"text": "The canary sings at night.", "sensitivity": "confidential", "audiences": ["sales"]}
    dream = Category.objects.get(key="dream")
    return log_secret(customer, category=dream, acting_user=owner, at=NOW - timedelta(days=9), **words)


@pytest.fixture
def story(customer, contact, owner, colleague, service_agent, secret):
    """One line of every kind."""
    for place, kind in enumerate(["visit", "call", "mail", "other"]):
        day = TODAY - timedelta(days=place)
        Interaction.objects.create(customer=customer, kind=kind, on=day, by=owner, contact=contact, note=f"Note {kind}")
    Interaction.objects.create(customer=customer, on=TODAY, by=owner, note="Taken out", removed_at=NOW)
    told = {"acting_user": owner, "at": NOW}
    kept, broken = (add_promise(customer, text=text, due_on=TODAY, **told) for text in ("Samples", "Crates"))
    keep_promise(kept, outcome="By hand.", **told)
    break_promise(broken, outcome="The kiln broke.", **told)
    order = {"order_number": "1", "ordered_on": TODAY, "amount": 4321, "currency": "EUR"}
    Sale.objects.create(customer=customer, salesperson=owner, **order)
    use_secret(secret, reference="", note="A canary for her", acting_user=owner, at=NOW)
    Misfit.objects.create(customer=customer, needed="A smaller kiln", why_not="x", noted_on=TODAY, noted_by=owner)
    wrong = {"what_happened": "Wrong glaze", "severity": "high", "root_cause": "delivery", "agent": service_agent}
    open_case(customer=customer, acting_user=service_agent, at=NOW, **wrong)
    Conversation.objects.create(customer=customer, by=owner, began_at=NOW)
    hand_over(customer, to=colleague, since=TODAY, reason="Parental leave", acting_user=None, at=NOW)
    rated(customer, contact, owner)
    customer.refresh_from_db()
    return customer


def rated(customer, contact, salesperson):
    card = ReportCard.objects.create(year=2026, version=1, name="2026", first_month="2026-01-01", made_by=salesperson)
    month = Round.objects.create(month="2026-10-01", card=card, drawn_at=NOW, closes_at=NOW)
    asked = {"round": month, "address": contact.email, "wording": {}, "state": "sent", "sent_at": NOW}
    invitation = Invitation.objects.create(customer=customer, contact=contact, salesperson=salesperson, **asked)
    Response.objects.create(invitation=invitation, first_at=NOW, last_at=NOW, comment="He forgets", likely=2)


def told(client, customer, query=""):
    return client.get(reverse("timeline", args=[customer.pk]) + query).text


def test_every_kind_is_told(story, colleague, owner):
    kinds = {moment.kind for moment in timeline(story, colleague, NOW, kinds=KINDS, limit=100)}
    assert kinds == KINDS.keys()
    assert "used" in {moment.kind for moment in timeline(story, owner, NOW, kinds=KINDS, limit=100)}


def test_in_words(story, colleague, signed_in):
    page = told(signed_in(colleague), story)
    for words in (
        "Visit with Judith Aldous: Note visit",
        "Promised: Samples",
        "By hand.",
        "The kiln broke.",
        "4,321.00 EUR",
        "We were not the answer: A smaller kiln",
        "Wrong glaze",
        "Ines Okafor became the owner",
        "Parental leave",
        "Asked to rate Mark Carver",
        "An answer came in",
        "A secret was found",
    ):
        assert words in page, words
    assert "Taken out" not in page


def test_never_the_words_of_a_secret_nor_how_they_rated(story, owner, colleague, service_agent, signed_in):
    for person in (owner, colleague, service_agent):
        page = told(signed_in(person), story)
        assert "canary" not in page
        assert "forgets" not in page


def test_each_reader_sees_their_own(story, secret, marketer, service_agent, signed_in):
    page = told(signed_in(marketer), story)
    assert "A secret was" not in page
    assert "Wrong glaze" not in page
    assert "4,321.00" not in page
    assert "4,321.00" not in told(signed_in(marketer), story, "?kind=sale")
    assert "Wrong glaze" in told(signed_in(service_agent), story)


def test_the_invisible_is_not_found(story, outsider, signed_in):
    assert signed_in(outsider).get(reverse("timeline", args=[story.pk])).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_by_kind(story, colleague, kind):
    assert {moment.kind for moment in timeline(story, colleague, NOW, kinds=[kind], limit=100)} == {kind}


def test_kinds_are_in_the_address(story, colleague, signed_in):
    page = told(signed_in(colleague), story, "?kind=kept&kind=broken&kind=nonsense")
    assert "By hand." in page
    assert "Note visit" not in page
    assert 'href="?kind=broken" aria-current="true"' in page
    assert "Nothing of this kind" in told(signed_in(colleague), story, "?kind=mail&before=2000-01-01.mail.1")


def test_pages_hold_everything_once(customer, owner, contact, story, signed_in):
    days = [TODAY - timedelta(days=number // 7) for number in range(130)]
    Interaction.objects.bulk_create(
        Interaction(customer=customer, kind=["visit", "call"][place % 2], on=day, by=owner, note=f"No {place}")
        for place, day in enumerate(days)
    )
    everything = timeline(customer, owner, NOW, kinds=KINDS, limit=1000)
    seen, query = [], ""
    while True:
        page = signed_in(owner).get(reverse("timeline", args=[customer.pk]) + query).context
        seen += page["moments"]
        if not page["older"]:
            break
        query = f"?{page['older']}"
    assert seen == everything
    assert len(seen) > 130


def test_the_older_come_as_a_fragment(customer, owner, signed_in):
    Interaction.objects.bulk_create(
        Interaction(customer=customer, on=TODAY - timedelta(days=n), by=owner) for n in range(50)
    )
    client, path = signed_in(owner), reverse("timeline", args=[customer.pk])
    older = client.get(path).context["older"]
    page = client.get(f"{path}?{older}", headers={"HX-Request": "true"}).text
    assert "<html" not in page
    assert "That is the beginning." in page


@pytest.mark.parametrize("text", ["", "x", "2026-11-24", "2026-11-24.visit", "2026-11-24.visit.x", "2026-11-24.no.1"])
def test_a_broken_cursor_is_the_first_page(text, story, colleague, signed_in):
    assert cursor_of(text) is None
    assert "Note visit" in told(signed_in(colleague), story, f"?before={text}")


def test_one_query_for_the_lines_and_the_same_for_many(story, owner, signed_in):
    client, counts = signed_in(owner), []
    for number in (1, 20):
        for _ in range(number):
            Interaction.objects.create(customer=story, on=date(2026, 1, 1), by=owner)
            add_promise(story, text="Ring", due_on=TODAY, acting_user=owner, at=NOW)
        with CaptureQueriesContext(connection) as queries:
            told(client, story)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert sum("UNION ALL" in query["sql"] for query in queries) == 1
