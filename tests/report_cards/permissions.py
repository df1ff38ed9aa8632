"""Who gets which status at the addresses of report cards, rounds, results, and the customer's link."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from report_cards.actions import Rating, record_response, set_aside
from report_cards.models import Behaviour, Exclusion, Invitation, InvitationToken, ReportCard, Round
from tests.access import Access
from tests.report_cards import plan_permissions

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


def told(**args):
    return lambda request: args


def language_of(make, **more):
    return lambda request: {"pk": make(request).pk, "language": "fr", **more}


def link(request):
    invitation(request)
    return {"token": TOKEN}


def response(request):
    """An answer about the owner, counted."""
    said = Rating(words={"listening": "good"})
    return record_response(invitation(request), said, at=timezone.now())


def quarantine(request):
    return set_aside(response(request).pk, ["late_address", "burst"], at=timezone.now())


def held(request):
    return {"pk": invitation(request, state="held").pk}


def contact_pk(request):
    return {"pk": request.getfixturevalue("contact").pk}


def exclusion(request):
    customer = request.getfixturevalue("customer")
    return Exclusion.objects.create(
        month=date(2026, 12, 1),
        customer=customer,
        contact=request.getfixturevalue("contact"),
        salesperson=customer.owner,
        kind="asked",
        reason="Their founder died",
        asked_by=customer.owner,
        asked_at=timezone.now(),
    )


def owner_pk(request):
    return {"pk": request.getfixturevalue("owner").pk}


def nothing_but_a_month(request):
    """A closed round: without one there is nothing to take away."""
    now = timezone.now()
    Round.objects.create(month=date(2026, 9, 1), card=signed(request), drawn_at=now, closes_at=now, closed_at=now)
    return {}


def person_in_a_month(request):
    nothing_but_a_month(request)
    return owner_pk(request)


MAKERS = {"manager": 200, "compensation_admin": 200}
WATCHERS = {"manager": 200, "compensation_admin": 200, "executive": 200, "administrator": 200}
DECIDERS = {"executive": 200, "compensation_admin": 200, "privacy_officer": 200}
SALESPEOPLE = {"owner": 200, "colleague": 200, "outsider": 200}

PERMISSIONS = {
    "report_cards": Access(200),
    "report_card": Access(404, {**MAKERS, "executive": 200}, args=pk(draft)),
    "report_card_pdf": Access(404, {**MAKERS, "executive": 200}, args=pk(draft)),
    "add_card": Access(403, MAKERS),
    "change_card": Access(403, MAKERS, args=pk(draft)),
    # Nothing is signed without the mark of what was shown.
    "sign_card": Access(403, {"executive": 200}, args=pk(draft), method="post"),
    "remove_card": Access(403, {"manager": 302, "compensation_admin": 302}, args=pk(draft), method="post"),
    "restore_card": Access(403, {"manager": 302, "compensation_admin": 302}, args=pk(draft), method="post"),
    "new_version": Access(403, MAKERS, args=pk(signed)),
    "compare_cards": Access(404, {**MAKERS, "executive": 200}, args=pk(draft)),
    "preview_card": Access(404, {**MAKERS, "executive": 200}, args=pk(draft)),
    "preview_mail": Access(200, args=language_of(signed)),
    "preview_rating": Access(404, {**MAKERS, "executive": 200}, args=language_of(draft)),
    "preview_behind_rating": Access(404, {**MAKERS, "executive": 200}, args=language_of(draft, where="not-you")),
    "send_test": Access(
        403, {"manager": 302, "compensation_admin": 302, "executive": 302}, args=pk(signed), method="post"
    ),
    "check_card": Access(403, MAKERS, method="post"),
    "take_starter": Access(403, MAKERS, args=told(key="first-year"), method="post"),
    "share_weights": Access(403, MAKERS, args=told(measure="relationship"), method="post"),
    "fill_weights": Access(403, MAKERS, args=told(measure="relationship"), method="post"),
    "add_behaviour": Access(403, MAKERS, args=told(measure="relationship"), method="post"),
    "take_behaviour": Access(403, MAKERS, args=told(measure="relationship", key="listening"), method="post"),
    "remove_behaviour": Access(403, MAKERS, args=told(measure="relationship", place=0), method="post"),
    "raise_behaviour": Access(403, MAKERS, args=told(measure="relationship", place=1), method="post"),
    "lower_behaviour": Access(403, MAKERS, args=told(measure="relationship", place=0), method="post"),
    "rounds": Access(403, WATCHERS),
    "draw_round": Access(403, {"administrator": 200, "executive": 200}),
    "round": Access(403, WATCHERS, args=pk(open_round)),
    "close_round": Access(403, {"administrator": 200}, args=pk(open_round)),
    "preview_round": Access(403, {"manager": 200, "executive": 200}),
    "exclusions": Access(403, {**SALESPEOPLE, "manager": 200, "executive": 200}),
    "choose_exclusion": Access(403, {**SALESPEOPLE, "manager": 200}),
    "ask_exclusion": Access(403, {"owner": 200, "colleague": 404, "outsider": 404, "manager": 200}, args=contact_pk),
    # Whoever asked may take it back.
    "withdraw_exclusion": Access(
        404, {"owner": 302, "manager": 403, "executive": 403}, args=pk(exclusion), method="post"
    ),
    "decide_exclusions": Access(
        403,
        {"manager": 302, "executive": 302},
        method="post",
        data={"ids": ["1"], "yes": "yes", "reason": "Called her"},
    ),
    "held_addresses": Access(403, {"manager": 200, "executive": 200}),
    "decide_held_addresses": Access(
        403,
        {"manager": 302, "executive": 302},
        method="post",
        data={"ids": ["1"], "yes": "yes", "reason": "Called her"},
    ),
    "policy": Access(403, WATCHERS),
    "change_policy": Access(403, {"executive": 200}),
    # An executive decides only where nobody stands above the rated person.
    "decide_held": Access(
        403, {"manager": 302}, args=held, method="post", data={"send": "yes", "reason": "Called her"}
    ),
    "results": Access(403, SALESPEOPLE),
    "team_results": Access(403, {"manager": 200}),
    "person_results": Access(403, {"manager": 200}, args=owner_pk),
    "firm_results": Access(403, {"executive": 200}),
    "comments": Access(403, SALESPEOPLE),
    "team_comments": Access(403, {"manager": 200}),
    "team_calls": Access(403, {"manager": 200}),
    "results_csv": Access(403, SALESPEOPLE, args=nothing_but_a_month),
    "results_pdf": Access(403, SALESPEOPLE, args=nothing_but_a_month),
    "team_results_csv": Access(403, {"manager": 200}, args=nothing_but_a_month),
    "team_results_pdf": Access(403, {"manager": 200}, args=nothing_but_a_month),
    "person_results_csv": Access(403, {"manager": 200}, args=person_in_a_month),
    "person_results_pdf": Access(403, {"manager": 200}, args=person_in_a_month),
    "firm_results_csv": Access(403, {"executive": 200}, args=nothing_but_a_month),
    "firm_results_pdf": Access(403, {"executive": 200}, args=nothing_but_a_month),
    "integrity": Access(403, DECIDERS),
    "quarantine": Access(403, DECIDERS, args=pk(quarantine)),
    "decide_quarantine": Access(
        403,
        dict.fromkeys(DECIDERS, 302),
        args=pk(quarantine),
        method="post",
        data={"verdict": "released", "reason": "Called her"},
    ),
    "counted_answers": Access(403, DECIDERS),
    "report_answer": Access(403, DECIDERS, args=pk(response)),
    "pressure": Access(403, DECIDERS),
    # A signed-in browser is nobody to the API: tests/report_cards/test_rounds_api.py asks with tokens.
    "api_results-list": Access(401, anonymous=401),
    "api_results-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_results-team": Access(401, anonymous=401),
    "api_rounds-list": Access(401, anonymous=401),
    "api_rounds-detail": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    "api_rounds-progress": Access(401, args=lambda request: {"pk": 1}, anonymous=401),
    # The link is the permission; a signed-in browser is refused.
    "rate": Access(403, args=link, anonymous=200),
    "opened": Access(403, args=link, method="post", anonymous=204),
    "rated": Access(403, args=link, anonymous=302),
    "not_you": Access(403, args=link, anonymous=200),
    "unsubscribe": Access(403, args=link, anonymous=200),
    "ask_again": Access(403, args=link, method="post", anonymous=200),
    "paces": Access(403, {"administrator": 200}),
    "set_pace": Access(403, {"administrator": 302}, method="post", data={"domain": "example.org", "per_minute": "60"}),
    "silent_addresses": Access(403, {"manager": 200, "executive": 200, "administrator": 200, "privacy_officer": 200}),
    # No provider's key is set.
    "mail_events": Access(404, args=lambda request: {"provider": "mailgun"}, method="post", anonymous=404),
}

PERMISSIONS |= plan_permissions.rows(signed)
