"""Results of closed rounds: exact shares, who sees what, comments by consent, never a word beside a name."""

import re
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from accounts.models import User
from customers.models import Contact
from report_cards import actions, queries
from report_cards.models import Invitation, Response, Round

from .conftest import ANSWERED_AT, CLOSED_AT, DRAWN_AT, OCTOBER, answer_all, closed, customers_of

NOVEMBER = date(2026, 11, 1)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def rated(owner, words, **more):
    """October, with one customer for each of ``words``, answered and closed."""
    customers_of(owner, len(words))
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.exclude(address__endswith="@example.org").update(state="excluded", reason="not in this test")
    answer_all(round_, words, **more)
    return closed(round_)


def row_of(results, key="listening"):
    return next(row for row in results.rows if row.behaviour.key == key)


def test_results_of_a_person(card, owner):
    round_ = rated(owner, ["good"] * 17 + ["average"] * 7)
    results = queries.results_of(round_, [owner.pk])
    row = row_of(results)
    assert (row.result.customers, row.result.share, row.result.status) == (24, Fraction(17, 24), "below")
    assert (round(row.result.low, 6), round(row.result.high, 6)) == (0.508323, 0.850854)
    assert {word: times for word, times in row.counts.items() if times} == {"good": 17, "average": 7}
    assert row.trend == [None] * 11 + [Fraction(17, 24)]
    assert (results.asked, results.answered) == (24, 24)
    assert results.headline == "Asks about my world is strong. Listening needs a hand."


def test_a_customers_contacts_are_one_voice(card, owner):
    made = customers_of(owner, 5)
    Contact.objects.create(customer=made[0], name="Second", email="second@example.org")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good", "good", "good", "good", "good", "poor"])
    row = row_of(queries.results_of(closed(round_), [owner.pk]))
    assert (row.result.customers, row.result.share) == (5, Fraction(9, 10))


def test_status_is_over_three_months(card, owner):
    rated(owner, ["good"] * 6)
    november = actions.draw_round(NOVEMBER, at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    Invitation.objects.filter(round=november, state="waiting").update(state="sent", sent_at=DRAWN_AT)
    for invitation in Invitation.objects.filter(round=november, state="sent").select_related("round", "salesperson"):
        actions.record_response(invitation, actions.Rating(words={"listening": "poor"}), at=november.drawn_at)
    actions.close_round(november, at=november.closes_at)
    row = row_of(queries.results_of(Round.objects.get(month=NOVEMBER), [owner.pk]))
    assert row.result.share == Fraction(1, 2)
    assert row.trend[-2:] == [1, Fraction(1, 2)]


def test_open_rounds_show_nothing(card, owner, signed_in):
    customers_of(owner, 6)
    answer_all(actions.draw_round(OCTOBER, at=DRAWN_AT), ["good"] * 6)
    assert "No results yet" in text(signed_in(owner).get("/results/"))
    assert queries.paying_voices(owner, start=OCTOBER, end=date(2026, 10, 31)) == {}


def test_too_few_says_so_and_holds_comments_back(card, owner, signed_in, manager):
    rated(owner, ["good"] * 4, comment="Splendid fellow", who_may_see="salesperson")
    for page in (signed_in(owner).get("/results/"), signed_in(manager).get("/results/team/")):
        assert "Under five customers have judged this: too few to show." in text(page)
        assert "Splendid" not in text(page)


def test_comments_by_consent(card, owner, manager, signed_in):
    customers_of(owner, 6)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 6)
    asked = Invitation.objects.filter(round=round_).select_related("round", "salesperson").order_by("id")
    for invitation, who in zip(asked, ("salesperson", "manager", "nobody"), strict=False):
        rating = actions.Rating(
            words={"listening": "poor"}, reasons={"listening": f"why {who}"}, comment=f"to {who}", who_may_see=who
        )
        actions.record_response(invitation, rating, at=ANSWERED_AT)
    closed(round_)
    own, team = text(signed_in(owner).get("/results/")), text(signed_in(manager).get("/results/team/"))
    for page in (own, team):
        assert "to salesperson" in page
        assert "why nobody" in page
        assert "Contact 00000, Customer 00000" in page
        assert "Contact 00002" not in page
    assert "to manager" not in own
    assert "Contact 00001" not in own
    assert "Contact 00001, Customer 00001" in team


def test_no_page_shows_a_word_beside_a_customer(card, owner, manager, executive, signed_in):
    rated(owner, ["poor"] * 6, comment="Named", who_may_see="salesperson")
    for person, url in ((owner, "/results/"), (manager, "/results/team/"), (executive, "/results/firm/")):
        page = text(signed_in(person).get(url))
        for around in re.findall(r".{200}Customer 0000\d.{200}", page):
            assert "poor" not in around.lower()


def test_calls_asked_for_show_the_answers_to_the_manager_only(card, owner, manager, signed_in):
    rated(owner, ["poor"] * 5, call_me=True)
    assert "Please call" in text(signed_in(manager).get("/results/team/"))
    assert "Please call" not in text(signed_in(owner).get("/results/"))
    calls = text(signed_in(manager).get("/results/team/calls/"))
    assert calls.count("What they answered") == 5
    assert "listening: poor" in calls.lower()


def test_people_are_sorted_by_who_needs_help(card, owner, colleague):
    customers_of(owner, 10)
    customers_of(colleague, 10, at="other.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 10 + ["poor"] * 10)
    rows = queries.people_results(closed(round_), User.objects.filter(pk__in=[owner.pk, colleague.pk]))
    assert [(row.person, row.below, row.worst.name if row.worst else None) for row in rows] == [
        (colleague, 1, "Listening"),
        (owner, 0, None),
    ]


def test_months_can_be_chosen(card, owner, signed_in):
    rated(owner, ["good"] * 6)
    client = signed_in(owner)
    assert "October 2026" in text(client.get("/results/?month=2026-10"))
    assert client.get("/results/?month=2026-09").status_code == 404
    assert client.get("/results/?month=nonsense").status_code == 404


def test_one_persons_results_for_their_manager(card, owner, manager, outsider, signed_in):
    rated(owner, ["good"] * 6)
    assert "Mark Carver" in text(signed_in(manager).get(f"/results/people/{owner.pk}/"))
    assert signed_in(outsider.team.manager).get(f"/results/people/{owner.pk}/").status_code == 404
    assert signed_in(manager).get(f"/results/people/{manager.pk}/").status_code == 404


@pytest.mark.parametrize("url", ["/results/", "/results/team/", "/results/team/calls/", "/results/firm/"])
def test_pages_take_the_same_queries_however_many(url, card, owner, signed_in, django_assert_max_num_queries):
    everything = User.objects.get(pk=owner.pk)
    everything.roles = ["salesperson", "manager", "executive"]
    everything.save()
    owner.team.manager = everything
    owner.team.save()
    customers_of(owner, 5)
    for name in ("b", "c"):
        colleague = User.objects.create_user(f"{name}@x.example", name=name, roles=["salesperson"], team=owner.team)
        customers_of(colleague, 5, at=f"{name}.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 15, comment="Fine", call_me=True)
    closed(round_)
    client = signed_in(everything)

    def count():
        with django_assert_max_num_queries(40) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    one = count()
    for number in range(3):
        more = User.objects.create_user(f"{number}@fairwater.example", name="M", roles=["salesperson"], team=owner.team)
        customers_of(more, 6, at=f"{number}.example")
    november = actions.draw_round(NOVEMBER, at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    Invitation.objects.filter(round=november).update(state="sent", sent_at=november.drawn_at)
    for invitation in Invitation.objects.filter(round=november).select_related("round", "salesperson"):
        rating = actions.Rating(words={"listening": "good"}, comment=f"Fine {invitation.pk}", call_me=True)
        actions.record_response(invitation, rating, at=november.drawn_at)
    actions.close_round(november, at=november.closes_at)
    assert count() == one


def test_asked_and_answered(card, customer, owner):
    assert queries.asked_and_answered(customer) == (0, 0)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    assert queries.asked_and_answered(customer) == (0, 0)
    Invitation.objects.update(state="sent", sent_at=DRAWN_AT)
    assert queries.asked_and_answered(customer) == (1, 0)
    answer_all(round_, ["good"])
    assert queries.asked_and_answered(customer) == (1, 1)


def test_asked_and_answered_as_a_record_merged_since(card, customer, owner, django_assert_num_queries):
    other, third = customers_of(owner, 2)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.update(state="sent", sent_at=DRAWN_AT)
    answer_all(round_, ["good"])
    third.removed_at, third.merged_into = DRAWN_AT, other
    third.save()
    assert queries.asked_and_answered(customer)[0] == 1
    other.removed_at, other.merged_into = DRAWN_AT, customer
    other.save()
    with django_assert_num_queries(1):
        assert queries.asked_and_answered(customer) == (3, 1)


def test_paying_voices(card, owner):
    customers_of(owner, 3)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good", "poor", "cant_judge"], fit="no", offered=True)
    last = Response.objects.order_by("-id").first()
    actions.record_response(
        Invitation.objects.select_related("round", "salesperson").get(pk=last.invitation_id),
        actions.Rating(words={"listening": "cant_judge"}, fit="no", offered=False),
        at=ANSWERED_AT,
    )
    actions.close_round(round_, at=CLOSED_AT)
    assert queries.paying_voices(owner, start=date(2026, 10, 15), end=date(2026, 10, 31)) == {
        "asks-about-my-world": {(1, 1): 2},
        "listening": {(1, 1): 1, (0, 1): 1},
        "outside_solutions": {(1, 1): 2, (0, 1): 1},
    }
    assert queries.paying_voices(owner, start=date(2026, 11, 1), end=date(2026, 12, 31)) == {}


def november_of(owner, words):
    """November after October, answered by the first customers only."""
    november = actions.draw_round(NOVEMBER, at=datetime(2026, 12, 1, 8, tzinfo=UTC))
    Invitation.objects.filter(round=november, state="waiting").update(state="sent", sent_at=DRAWN_AT)
    asked = (
        Invitation.objects.filter(round=november, state="sent").select_related("round", "salesperson").order_by("id")
    )
    for invitation, word in zip(asked.select_related("round", "salesperson"), words, strict=False):
        actions.record_response(invitation, actions.Rating(words={"listening": word}), at=november.drawn_at)
    return actions.close_round(november, at=november.closes_at)


def test_a_month_of_one_customer_shows_the_month_before(card, owner, signed_in):
    """The difference of the two pages would tell what that one said."""
    rated(owner, ["good"] * 6)
    november = november_of(owner, ["poor"])
    row = row_of(queries.results_of(november, [owner.pk]))
    assert (row.is_held, row.through, row.result.share, row.result.customers) == (True, OCTOBER, 1, 6)
    assert row.counts["poor"] == 0
    page = text(signed_in(owner).get("/results/"))
    assert "Three months to October" in page
    assert "Too few customers answered in November" in page


def test_what_changed_is_told(card, owner):
    rated(owner, ["good"] * 6)
    results = queries.results_of(november_of(owner, ["poor"] * 6), [owner.pk])
    assert results.changed == "Since October Listening fell from 100\u202f% to 50\u202f%."


def test_the_firms_middle_half_shows_from_five_people_on(card, owner, signed_in, team):
    page = "Below it the middle half of the firm’s salespeople"
    people = [owner] + [
        User.objects.create_user(f"{n}@fairwater.example", name=f"Neighbour {n}", roles=["salesperson"], team=team)
        for n in range(4)
    ]
    for number, person in enumerate(people[:4]):
        customers_of(person, 6, at=f"{number}.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 24)
    closed(round_)
    assert queries.firm_spreads(OCTOBER) == {}
    assert page not in text(signed_in(owner).get("/results/"))
    customers_of(people[4], 6, at="last.example")
    november = november_of(owner, ["good"] * 3 + ["poor"] * 3 + ["good"] * 24)
    spread = queries.firm_spreads(november.month)["listening"]
    assert spread.people == 5
    assert 0 <= spread.quarter <= spread.median <= spread.three_quarters <= 1
    assert 0 <= spread.reliability <= 1
    shown = text(signed_in(owner).get("/results/"))
    assert page in shown
    assert "Neighbour" not in shown


def test_a_team_leaves_out_whom_the_difference_would_tell(card, owner, colleague):
    customers_of(owner, 10)
    customers_of(colleague, 3, at="other.example")
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    Invitation.objects.filter(address="judith@aldous.example").update(state="excluded", reason="not in this test")
    answer_all(round_, ["good"] * 10 + ["poor"] * 3)
    row = row_of(queries.results_of(closed(round_), [owner.pk, colleague.pk]))
    assert (row.result.customers, row.result.share) == (10, 1)
