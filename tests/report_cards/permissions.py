"""Who gets which status at the addresses of report cards, rounds, results, and the customer's link."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from report_cards.models import Behaviour, Invitation, InvitationToken, ReportCard, Round
from tests.access import Access

TOKEN = "p" * 43


def draft(request):
    """A card the manager made, ready to be signed."""
    maker = request.getfixturevalue("manager")
    card = ReportCard.objects.create(year=2026, version=1, name="Card", first_month=date(2026, 1, 1), made_by=maker)
    for measure, key in (("relationship", "listening"), ("secret_gathering", "asks-about-my-world")):
        Behaviour.objects.create(
            card=card,
            measure=measure,
            position=1,
            key=key,
            name=key.replace("-", " ").capitalize(),
            question=f"Is good at {key}.",
            weight_bp=10_000,
            target=Decimal("0.8"),
        )
    return card


def signed(request):
    card = draft(request)
    card.signed_by, card.signed_at = request.getfixturevalue("executive"), datetime(2026, 1, 2, tzinfo=UTC)
    card.save()
    return card


def open_round(request):
    now = timezone.now()
    return Round.objects.create(
        month=date(2026, 10, 1), card=signed(request), drawn_at=now, closes_at=now + timedelta(days=9)
    )


def invitation(request, state="sent"):
    customer = request.getfixturevalue("customer")
    row = Invitation.objects.create(
        round=open_round(request),
        customer=customer,
        salesperson=customer.owner,
        address="judith@aldous.example",
        wording={"firm": "Fairwater Supply", "salesperson": "Mark Carver", "customer": "Aldous", "contact": "Judith"},
        state=state,
        reason="held" if state == "held" else "",
        sent_at=timezone.now(),
    )
    InvitationToken.objects.create(invitation=row, token_hash=sha256(TOKEN.encode()).digest(), minted_at=timezone.now())
    return row


def pk(make):
    return lambda request: {"pk": make(request).pk}


def link(request):
    invitation(request)
    return {"token": TOKEN}


def held(request):
    return {"pk": invitation(request, state="held").pk}


def owner_pk(request):
    return {"pk": request.getfixturevalue("owner").pk}


MAKERS = {"manager": 200, "compensation_admin": 200}
WATCHERS = {"manager": 200, "compensation_admin": 200, "executive": 200, "administrator": 200}
SALESPEOPLE = {"owner": 200, "colleague": 200, "outsider": 200}

PERMISSIONS = {
    "report_cards": Access(200),
    "report_card": Access(404, {**MAKERS, "executive": 200}, args=pk(draft)),
    "add_card": Access(403, MAKERS),
    "change_card": Access(403, MAKERS, args=pk(draft)),
    "sign_card": Access(403, {"executive": 302}, args=pk(draft), method="post"),
    "rounds": Access(403, WATCHERS),
    "draw_round": Access(403, {"administrator": 200, "executive": 200}),
    "round": Access(403, WATCHERS, args=pk(open_round)),
    "close_round": Access(403, {"administrator": 200}, args=pk(open_round)),
    # An executive decides only where nobody stands above the rated person.
    "decide_held": Access(
        403, {"manager": 302}, args=held, method="post", data={"send": "yes", "reason": "Called her"}
    ),
    "results": Access(403, SALESPEOPLE),
    "team_results": Access(403, {"manager": 200}),
    "person_results": Access(403, {"manager": 200}, args=owner_pk),
    "firm_results": Access(403, {"executive": 200}),
    # The link is the permission; a signed-in browser is refused.
    "rate": Access(403, args=link, anonymous=200),
    "rated": Access(403, args=link, anonymous=302),
    "not_you": Access(403, args=link, anonymous=200),
    "unsubscribe": Access(403, args=link, anonymous=200),
}
