"""What the next draw would do: whom it asks, whom it holds or leaves out, for one's own people."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from customers.actions import hand_over
from customers.models import Contact
from firm.actions import suppress
from firm.models import Suppression
from report_cards import actions, rules
from report_cards.models import Exclusion, Invitation
from report_cards.queries import candidates
from report_cards.queries.drawing import candidates_apart
from report_cards.queries.preview import month_to_draw, months_to_ask, preview

from .conftest import DRAWN_AT, OCTOBER, customers_of

BEFORE = datetime(2026, 10, 28, 9, tzinfo=UTC)


@pytest.fixture
def mixed(card, customer, owner, colleague, outsider):
    """Six customers of the owner, two of the colleague, one of the outsider; of the owner's one each way out."""
    customers = customers_of(owner, 5)
    customers_of(colleague, 2, at="colleague.example")
    customers_of(outsider, 1, at="outside.example")
    contacts = [one.contacts.get() for one in customers]
    Contact.objects.filter(pk=contacts[0].pk).update(is_asked=False, left_out_by=owner, left_out_at=BEFORE)
    Contact.objects.filter(pk=contacts[1].pk).update(email_changed_at=DRAWN_AT - timedelta(hours=1))
    suppress(contacts[2].email, reason=Suppression.Reason.BOUNCE)
    Contact.objects.filter(pk=contacts[3].pk).update(email=owner.email)


def seen_by(user, firm):
    return preview(user, OCTOBER, firm=firm, at=DRAWN_AT)


def test_the_numbers_are_those_of_the_draw(mixed, firm, executive):
    seen = seen_by(executive, firm)
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    states = dict.fromkeys(("waiting", "held", "excluded"), 0)
    for state in Invitation.objects.values_list("state", flat=True):
        states[state] += 1
    assert (seen.total.asked, seen.total.held, seen.total.others) == (5, 2, 2) == tuple(states.values())
    assert seen.total.coverage == 5 / 7
    assert {share.name: (share.asked, share.held, share.others) for share in seen.people} == {
        "Mark Carver": (2, 2, 2),
        "Ines Okafor": (2, 0, 0),
        "Olga Outside": (1, 0, 0),
    }


def shares_of(drawn):
    """What becomes of how many, by whom is rated."""
    counts = Counter((one.candidate.rated_id, one.state, one.why) for one in drawn)
    return counts, sorted((one.candidate.contact_id, one.state, one.reason) for one in drawn if one.why)


def apart_and_whole(firm):
    """The draw of the few that were told apart with the others counted, and the draw of all."""
    apart = candidates_apart(OCTOBER, firm=firm, at=DRAWN_AT)
    counts, told = shares_of(rules.draw(apart.unusual, at=DRAWN_AT))
    counts.update({(pk, "waiting", None): asked for pk, asked in apart.plain.items()})
    return (counts, told), shares_of(rules.draw(candidates(OCTOBER, firm=firm), at=DRAWN_AT)), len(apart.unusual)


def test_only_the_unusual_are_fetched_and_all_comes_to_the_same(mixed, card, firm, owner, colleague, outsider, manager):
    """Shared addresses, the firm's own, handed over, taken back, removed, asked to be left out: nobody is lost."""
    seven, eight, nine = (customers_of(who, 3, at="more.example") for who in (owner, colleague, outsider))
    Contact.objects.filter(customer=seven[0]).update(email="Shared@one.example")
    Contact.objects.filter(customer=eight[0]).update(email="shared@one.example")
    Contact.objects.filter(customer=eight[1]).update(email=f"pat@{firm.sender.rpartition('@')[2].upper()}")
    for on, to in ((date(2026, 10, 20), colleague), (date(2026, 10, 25), owner)):
        hand_over(seven[1], to=to, since=on, reason="New territories", acting_user=owner, at=BEFORE)
        seven[1].refresh_from_db()
    hand_over(nine[0], to=colleague, since=date(2026, 10, 27), reason="She asked", acting_user=colleague, at=BEFORE)
    actions.ask_exclusion(seven[2].contacts.get(), month=OCTOBER, reason="In mourning", acting_user=owner, at=BEFORE)
    Contact.objects.filter(customer=nine[1]).update(removed_at=BEFORE, removed_by=outsider)
    for decided in (None, True, False):
        actions.note_exclusions(OCTOBER)
        said = {"decided_by": manager, "decided_at": BEFORE} if decided is not None else {}
        Exclusion.objects.filter(kind="handed_over").update(is_approved=decided, **said)
        apart, whole, fetched = apart_and_whole(firm)
        assert apart == whole
        assert fetched < len(candidates(OCTOBER, firm=firm)) - 4
    assert Exclusion.objects.filter(kind="handed_over").exists()


def test_a_manager_sees_their_people_and_nobody_sees_ratings(mixed, firm, manager, outsider):
    assert {share.name for share in seen_by(manager, firm).people} == {"Mark Carver", "Ines Okafor"}
    assert {share.name for share in seen_by(outsider.team.manager, firm).people} == {"Olga Outside"}


def test_looking_writes_nothing(mixed, signed_in, manager):
    page = signed_in(manager).get("/rounds/preview/")
    assert page.status_code == 200
    assert not Exclusion.objects.exists()


def test_the_page_says_why(mixed, signed_in, manager, time_machine):
    time_machine.move_to(DRAWN_AT, tick=False)
    client = signed_in(manager)
    page = client.get("/rounds/preview/").content.decode()
    for words in ("If October 2026 were drawn now", "Monday, 2 November 2026", "nobody noted why", "firm's own staff"):
        assert words.replace("'", "&#x27;") in page
    narrowed = client.get("/rounds/preview/?why=unmarked&q=customer").content.decode()
    assert "Customer 00000" in narrowed
    assert "Customer 00001" not in narrowed
    assert "None like that" in client.get("/rounds/preview/?q=zebra").content.decode()


def test_which_month_is_next(card, firm):
    assert month_to_draw(firm, DRAWN_AT) == OCTOBER
    actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert month_to_draw(firm, DRAWN_AT).month == 11
    assert [month.month for month in months_to_ask(firm, DRAWN_AT)] == [11, 12, 1]


def test_a_month_that_was_missed_is_not_next(card, firm):
    assert month_to_draw(firm, datetime(2026, 11, 21, 23, tzinfo=UTC)).month == 11


def test_the_page_takes_the_same_queries_however_many(
    card, customer, owner, executive, signed_in, django_assert_max_num_queries
):
    client = signed_in(executive)

    def count():
        with django_assert_max_num_queries(30) as seen:
            assert client.get("/rounds/preview/").status_code == 200
        return len(seen)

    Contact.objects.update(is_asked=False)
    count()
    one = count()
    Contact.objects.filter(customer__in=customers_of(owner, 20)).update(is_asked=False)
    assert count() == one
