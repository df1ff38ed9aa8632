"""A signed card, a drawn round, and a customer's link."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

import pytest

from customers.models import Contact, Customer, Ownership
from report_cards import actions
from report_cards.models import Invitation, InvitationToken, Round

from .mail import Sink

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
DRAWN_AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
ANSWERED_AT = datetime(2026, 11, 5, 10, tzinfo=UTC)
CLOSED_AT = datetime(2026, 11, 21, 22, 59, tzinfo=UTC)
TOKEN = "t" * 43

BEHAVIOURS = [
    ("relationship", "Listening", "Listens before talking.", 6000, "0.80"),
    ("relationship", "Keeping promises", "Does what was promised.", 4000, "0.80"),
    ("secret_gathering", "Asks about my world", "Asks about my world first.", 10000, "0.75"),
]


def behaviours(rows=BEHAVIOURS):
    names = ("measure", "name", "question", "weight_bp", "target")
    return [{**dict(zip(names, row, strict=True)), "target": Decimal(row[4])} for row in rows]


@pytest.fixture
def draft(manager):
    return actions.add_card(
        name="Report card",
        first_month=date(2026, 1, 1),
        behaviours=behaviours(),
        acting_user=manager,
        at=datetime(2025, 12, 10, tzinfo=UTC),
    )


@pytest.fixture
def card(draft, executive):
    return actions.sign_card(draft, acting_user=executive, at=datetime(2025, 12, 20, tzinfo=UTC))


@pytest.fixture
def month_round(card, customer):
    """October, drawn on 2 November with the one contact of the customer, open until the 21st."""
    return actions.draw_round(OCTOBER, at=DRAWN_AT)


@pytest.fixture
def invitation(month_round):
    invitation = Invitation.objects.get()
    Invitation.objects.filter(pk=invitation.pk).update(
        state="sent", sent_at=DRAWN_AT, claimed_at=DRAWN_AT, asks_pressure=False
    )
    InvitationToken.objects.create(
        invitation=invitation, token_hash=sha256(TOKEN.encode()).digest(), minted_at=DRAWN_AT
    )
    invitation.refresh_from_db()
    return invitation


@pytest.fixture
def rate_url(invitation):
    return f"/r/{TOKEN}/"


@pytest.fixture
def open_now(time_machine):
    """The site's clock stands inside the answering time."""
    time_machine.move_to(ANSWERED_AT, tick=False)


def customers_of(owner, count, *, at="example.org"):
    """``count`` more customers of an owner, each with one contact who has an address."""
    made = Customer.objects.bulk_create([Customer(name=f"Customer {n:05}", owner=owner) for n in range(count)])
    Ownership.objects.bulk_create([Ownership(customer=c, owner=owner, since=date(2024, 1, 1)) for c in made])
    Contact.objects.bulk_create(
        [Contact(customer=c, name=f"Contact {n:05}", email=f"c{n}@{at}") for n, c in enumerate(made)]
    )
    return made


def answer_all(round_, words, **more):
    """Each waiting invitation answers with the next of ``words`` for listening; then the round is as sent."""
    Invitation.objects.filter(round=round_, state="waiting").update(
        state="sent", sent_at=round_.drawn_at, claimed_at=round_.drawn_at
    )
    invitations = (
        Invitation.objects.filter(round=round_, state="sent").select_related("round", "salesperson").order_by("id")
    )
    return [
        actions.record_response(
            invitation,
            actions.Rating(words={"listening": word, "asks-about-my-world": "good"}, **more),
            at=ANSWERED_AT,
        )
        for invitation, word in zip(invitations, words, strict=False)
    ]


def closed(round_):
    return actions.close_round(Round.objects.get(pk=round_.pk), at=CLOSED_AT)


def next_close(card):
    """The round of the month after is closed; nobody answered."""
    at = CLOSED_AT + timedelta(days=30)
    round_ = Round.objects.create(month=NOVEMBER, card=card, drawn_at=CLOSED_AT, closes_at=at)
    return actions.close_round(round_, at=at)


@pytest.fixture
def sink(settings):
    """The SMTP server that the site's mailer talks to."""
    sink = Sink()
    settings.MAILERS = {
        "default": {
            "BACKEND": "firm.mail.Backend",
            "OPTIONS": {"host": "127.0.0.1", "port": sink.port, "timeout": 5},
        }
    }
    yield sink
    sink.stop()
