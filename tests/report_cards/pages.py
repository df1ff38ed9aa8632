"""Pages of this app for tests/test_pages.py."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from customers.models import Contact
from firm.actions import note_mail_server, suppress
from firm.queries import the_firm
from firm.rules import month_before
from report_cards import actions
from report_cards.models import Invitation, ReportCard, Round
from report_cards.queries.preview import month_to_draw
from tests.pages import Sent
from tests.report_cards import plan_pages
from tests.report_cards.conftest import DRAWN_AT, OCTOBER, answer_all, customers_of
from tests.report_cards.permissions import TOKEN, draft, exclusion, invitation, owner_pk, quarantine, response, signed


def closed_round(request):
    """October with ten answered customers, comments and a wish to be called, closed."""
    signed(request)
    customers_of(request.getfixturevalue("owner"), 10)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    words = ["poor", "fair", "average", "good", "excellent"] * 2
    answer_all(round_, words, comment="A long word: " + "x" * 60, who_may_see="salesperson", call_me=True)
    return actions.close_round(Round.objects.get(pk=round_.pk), at=datetime(2026, 11, 21, 23, tzinfo=UTC))


def two_versions(request):
    """A signed card and a draft after it, one behaviour reworded, one exchanged."""
    signed(request)
    rows = [
        {"measure": "relationship", "key": "listening", "name": "Listening", "question": "Listens to me at length."},
        {"measure": "secret_gathering", "name": "Remembers", "question": "Remembers what I said."},
    ]
    return actions.add_card(
        name="Card",
        first_month=date(2026, 12, 1),
        behaviours=[{**row, "weight_bp": 10_000, "target": Decimal("0.7")} for row in rows],
        acting_user=request.getfixturevalue("compensation_admin"),
        at=DRAWN_AT,
    )


def link(request, page=""):
    invitation(request)
    return f"/r/{TOKEN}/{page}"


def everything_asked(request):
    """The longest page: French, with the question of the sample and the one of the quarter."""
    row = invitation(request)
    Round.objects.update(month=date(2026, 9, 1))
    type(row).objects.update(asks_pressure=True, language="fr")
    return f"/r/{TOKEN}/"


def wrong_answer(request):
    """What is wrong, above and beside the field."""
    return Sent(link(request), {"word-listening": "good", "why-listening": "x" * 2001})


def declined(request):
    return Sent(link(request, "not-you/"), {})


def unwanted(request):
    suppress("judith@aldous.example", reason="unsubscribed")
    return link(request)


def held_back(request):
    invitation(request, state="held")
    return f"/r/{TOKEN}/"


def over(request):
    link(request)
    return actions.close_round(Round.objects.get(), at=datetime(2030, 1, 1, tzinfo=UTC))


def settled(request):
    """A quarantine two people decided on."""
    held = quarantine(request)
    for name in ("compensation_admin", "privacy_officer"):
        actions.decide_quarantine(
            held, verdict="voided", reason="Called.", acting_user=request.getfixturevalue(name), at=DRAWN_AT
        )
    return held


def after(make, address):
    """``address`` once ``make`` has run; ``{pk}`` is what it made."""
    return lambda request: address.format(pk=make(request).pk)


def silent_server(request):
    """An open round with mail to a provider, while no mail server answers."""
    invitation(request, state="waiting")
    note_mail_server(answers=False, at=datetime(2026, 11, 5, 9, tzinfo=UTC))
    return Round.objects.get()


def silenced(request):
    """The customer's own opt-out, and a bounce of nobody we know."""
    made = request.getfixturevalue("customer")
    suppress("judith@aldous.example", reason="unsubscribed")
    suppress("gone@nowhere.example", reason="bounce")
    return made


def left_out(request):
    """One contact not to be asked, one whose address is new, two rounds: drawn, and to be drawn."""
    signed(request)
    customers = customers_of(request.getfixturevalue("owner"), 3)
    fresh = Contact.objects.filter(customer=customers[0])
    fresh.update(email_changed_at=timezone.now(), email_before="before@example.org")
    Contact.objects.filter(customer=customers[1]).update(is_asked=False, left_out_reason="They asked us not to")
    month = month_before(the_firm().today(timezone.now()))
    Round.objects.filter(month=month).delete()
    at = timezone.now()
    round_ = Round.objects.create(
        month=month, card=ReportCard.objects.get(), drawn_at=at, closes_at=at + timedelta(days=9)
    )
    for customer, state in ((customers[0], "held"), (customers[1], "excluded"), (customers[2], "waiting")):
        contact = customer.contacts.get()
        Invitation.objects.create(
            round=round_,
            customer=customer,
            contact=contact,
            salesperson=customer.owner,
            address=contact.email,
            wording={"salesperson": customer.owner.name, "customer": customer.name, "contact": contact.name},
            state=state,
            reason="" if state == "waiting" else "the address changed in the 72 hours before the draw",
        )
    actions.note_exclusions(month_to_draw(the_firm(), at))
    return round_


AXE_PAGES = [
    ("", link),
    ("", lambda request: link(request, "not-you/")),
    ("", lambda request: link(request, "unsubscribe/")),
    ("", "/r/nonsense/"),
    ("", everything_asked),
    ("", wrong_answer),
    ("", declined),
    ("", unwanted),
    ("", held_back),
    ("", after(over, f"/r/{TOKEN}/")),
    ("", after(response, f"/r/{TOKEN}/thanks/?language=fr")),
    ("executive", "/integrity/"),
    ("executive", after(quarantine, "/integrity/?of={pk}")),
    ("executive", after(quarantine, "/integrity/{pk}/")),
    ("executive", after(settled, "/integrity/{pk}/")),
    ("executive", after(settled, "/integrity/?show=settled&of={pk}")),
    ("executive", after(response, "/integrity/answers/?of={pk}")),
    ("executive", after(response, "/integrity/answers/{pk}/report/")),
    ("executive", "/integrity/pressure/"),
    ("owner", "/report-cards/"),
    ("manager", "/report-cards/add/"),
    ("manager", after(draft, "/report-cards/{pk}/change/")),
    ("manager", after(draft, "/report-cards/{pk}/")),
    ("executive", after(draft, "/report-cards/{pk}/sign/")),
    ("executive", after(signed, "/report-cards/{pk}/")),
    ("manager", after(signed, "/report-cards/{pk}/version/")),
    ("manager", after(two_versions, "/report-cards/{pk}/compare/")),
    ("executive", after(two_versions, "/report-cards/{pk}/sign/")),
    ("manager", after(draft, "/report-cards/{pk}/preview/?language=fr")),
    ("manager", after(draft, "/report-cards/{pk}/preview/fr/")),
    ("executive", after(closed_round, "/rounds/{pk}/")),
    ("administrator", after(closed_round, "/rounds/")),
    ("manager", after(left_out, "/rounds/{pk}/")),
    ("manager", after(left_out, "/rounds/preview/?of={pk}")),
    ("manager", after(left_out, "/rounds/exclusions/?of={pk}")),
    ("owner", after(exclusion, "/rounds/exclusions/?of={pk}")),
    ("manager", after(left_out, "/rounds/held/?of={pk}")),
    ("owner", after(exclusion, "/rounds/exclusions/ask/?of={pk}")),
    ("owner", lambda request: f"/rounds/exclusions/ask/{request.getfixturevalue('contact').pk}/"),
    ("administrator", "/rounds/policy/"),
    ("executive", Sent("/rounds/policy/change/", {"own_networks": "192.0.2.1/24", "send_from": "20:00"})),
    ("administrator", "/rounds/draw/"),
    ("administrator", after(closed_round, "/rounds/{pk}/close/")),
    ("owner", "/results/"),
    ("owner", after(closed_round, "/results/?of={pk}")),
    ("manager", after(closed_round, "/results/team/?of={pk}")),
    ("executive", after(closed_round, "/results/firm/?of={pk}")),
    ("manager", lambda request: (closed_round(request), f"/results/people/{owner_pk(request)['pk']}/")[1]),
    ("owner", after(closed_round, "/results/comments/?of={pk}")),
    ("owner", after(closed_round, "/results/comments/?q=zeppelin&of={pk}")),
    ("manager", after(closed_round, "/results/team/comments/?of={pk}")),
    ("manager", after(closed_round, "/results/team/calls/?of={pk}")),
    ("manager", "/results/team/calls/"),
    ("administrator", after(silent_server, "/rounds/paces/")),
    ("administrator", after(silent_server, "/rounds/{pk}/")),
    ("executive", after(silenced, "/rounds/silent-addresses/")),
]
AXE_PAGES += plan_pages.AXE_PAGES
