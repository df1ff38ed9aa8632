"""Tallies say exactly what the answers say, for anybody together with anybody, whatever stopped counting."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from customers.models import Customer
from firm.rules import month_after
from report_cards import actions, queries, rules
from report_cards.models import (
    Answer,
    BehaviourTally,
    Invitation,
    Quarantine,
    Response,
    Round,
    RoundTally,
    SharedVoice,
)
from report_cards.queries.tallies import tallies_of
from report_cards.rules.disclosure import adds_up_safely, shown_through

from .conftest import DRAWN_AT, OCTOBER, answer_all, closed, customers_of

MONTHS = [date(2026, month, 1) for month in range(5, 11)]
KEYS = ["listening", "keeping-promises", "asks-about-my-world"]
AT = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def people(team):
    return [
        User.objects.create_user(f"p{n}@fairwater.example", name=f"P{n}", roles=["salesperson"], team=team)
        for n in range(4)
    ]


def closed_round(card, month):
    at = datetime(month.year, month.month, 2, tzinfo=UTC)
    return Round.objects.create(month=month, card=card, drawn_at=at, closes_at=at)


def close(month):
    Round.objects.filter(month=month).update(closed_at=datetime(2026, 11, 1, tzinfo=UTC))


def answered(round_, customer, person, words, contact=0):
    """One response about a person, with a word a behaviour."""
    invitation = Invitation.objects.create(
        round=round_,
        customer=customer,
        salesperson=person,
        address=f"{customer.pk}-{contact}@example.org",
        wording={"salesperson": person.name, "customer": customer.name, "contact": "C", "firm": "F"},
        state="sent",
        sent_at=round_.drawn_at,
    )
    response = Response.objects.create(invitation=invitation, version=1, first_at=AT, last_at=AT)
    Answer.objects.bulk_create(
        Answer(
            response=response,
            behaviour_key=key,
            value=word,
            customer=customer,
            salesperson=person,
            month=round_.month,
        )
        for key, word in words.items()
    )
    return response


def uncounted(response):
    """In quarantine."""
    Quarantine.objects.create(response=response, reasons=["reported"], opened_at=AT)
    Response.objects.filter(pk=response.pk).update(is_counted=False)
    Answer.objects.filter(response=response).update(is_counted=False)


def a_firm(card, people, seed):
    """Six months of answers: handed over customers, several contacts, people with a handful of customers only."""
    rng = random.Random(seed)
    customers = Customer.objects.bulk_create([Customer(name=f"Customer {n}", owner=people[0]) for n in range(40)])
    sizes = [20, 12, 6, 2]
    owners = [person for person, size in zip(people, sizes, strict=True) for _ in range(size)]
    for month in MONTHS:
        round_ = closed_round(card, month)
        for place, customer in enumerate(customers):
            if rng.random() < 0.1:
                owners[place] = rng.choice(people)
            for contact in range(rng.choice([0, 1, 1, 2])):
                words = {key: rng.choice([*rules.WORDS, rules.CANT_JUDGE]) for key in KEYS if rng.random() < 0.9}
                if words:
                    answered(round_, customer, owners[place], words, contact)
    for month in MONTHS:
        close(month)


def naive(month, keys=KEYS, people=None):
    """Customers, share and words of each behaviour, straight from the answers."""
    found = {}
    for key in keys:
        rows = Answer.objects.filter(is_counted=True, behaviour_key=key, month__in=rules.months_back(month, 3))
        if people is not None:
            rows = rows.filter(salesperson__in=people)
        said, words = defaultdict(list), defaultdict(int)
        for customer, word in rows.values_list("customer_id", "value"):
            said[customer].append(word)
            words[word] += 1
        result = rules.behaviour_result(rules.voices_of(said.values()), target=Fraction(1, 2))
        found[key] = (result.customers, result.share, dict(words))
    return found


def read(month, people):
    found = tallies_of([month], people)
    return {
        key: (
            sums.customers,
            sums.total / sums.customers if sums.customers else None,
            {word: times for word, times in sums.words.items() if times},
        )
        for key in KEYS
        if (sums := found.get((month, key)))
    }


@pytest.fixture
def all_shown(monkeypatch):
    """Nothing is left out of a team, so that sums can be compared."""
    monkeypatch.setattr("report_cards.queries.tallies.adds_up_safely", lambda hidden: True)


@pytest.mark.parametrize("seed", [1, 2])
def test_tallies_equal_the_answers_of_anybody_together(card, people, all_shown, seed):
    a_firm(card, people, seed)
    assert actions.tally_missing(at=AT) == len(MONTHS)
    ids = [person.pk for person in people]
    for month in MONTHS:
        assert read(month, None) == naive(month)
        for size in (1, 2, 3, 4):
            for some in combinations(ids, size):
                expected = {key: value for key, value in naive(month, people=some).items() if value[2]}
                assert {key: value for key, value in read(month, list(some)).items() if value[2]} == expected
    assert SharedVoice.objects.exists()


def test_a_month_keeps_the_numbers_it_was_issued_with(card, people, all_shown):
    a_firm(card, people, 3)
    actions.tally_missing(at=AT)
    issued = [read(month, None) for month in MONTHS]
    one = Answer.objects.filter(month=MONTHS[2]).exclude(value__in=["", "cant_judge"]).first()
    uncounted(one.response)
    assert actions.tally_missing(at=AT) == 0
    assert [read(month, None) for month in MONTHS] == issued
    assert read(MONTHS[2], None) != naive(MONTHS[2])


def test_counting_again_changes_nothing(card, people):
    a_firm(card, people, 4)
    actions.tally_missing(at=AT)
    tables = (BehaviourTally, RoundTally)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    for round_ in Round.objects.order_by("-month"):
        actions.tally_round(round_, at=AT)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_what_shows_follows_the_rule(card, people):
    a_firm(card, people, 5)
    actions.tally_missing(at=AT)
    for person in [*people, None]:
        for key in KEYS:
            before = None
            for month in MONTHS:
                row = BehaviourTally.objects.filter(month=month, salesperson=person, behaviour_key=key).first()
                if row is None:
                    continue
                before = shown_through(
                    month, customers=row.customers, month_customers=row.month_customers, before=before
                )
                assert row.shown_through == before


def test_closing_a_round_counts_it(card, owner):
    customers_of(owner, 6)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 6)
    closed(round_)
    assert not queries.months_to_tally()
    assert RoundTally.objects.get(month=round_.month, salesperson=owner).customers == 6


counts = st.lists(st.integers(0, 9), min_size=1, max_size=14)


def pages(months):
    """Which window each month's page shows, for so many customers a month, each another one."""
    shown, before, month = [], None, date(2025, 1, 1)
    for place in range(len(months)):
        window = sum(months[max(0, place - 2) : place + 1])
        before = shown_through(month, customers=window, month_customers=months[place], before=before)
        shown.append((month, before if window >= rules.FEWEST_CUSTOMERS else None))
        month = month_after(month)
    return shown


@given(counts)
def test_two_pages_never_differ_by_one_to_four_new_customers(months):
    of_month = {month: count for (month, _), count in zip(pages(months), months, strict=True)}
    seen = [through for _, through in pages(months) if through]
    for earlier, later in combinations(sorted(set(seen)), 2):
        new = [month for month in rules.months_back(later, 3) if month > earlier and month in of_month]
        if earlier in rules.months_back(later, 3):
            assert sum(of_month[month] for month in new) >= rules.FEWEST_CUSTOMERS


@given(counts)
def test_a_page_shows_a_number_whenever_five_customers_judged(months):
    for place, (month, through) in enumerate(pages(months)):
        window = sum(months[max(0, place - 2) : place + 1])
        assert (through is not None) == (window >= rules.FEWEST_CUSTOMERS)
        assert through is None or through <= month
        if months[place] >= rules.FEWEST_CUSTOMERS:
            assert through == month


@given(st.lists(st.integers(0, 9), max_size=6))
def test_what_a_team_adds_is_of_nobody_or_of_five(hidden):
    assert adds_up_safely(hidden) == (sum(hidden) not in {1, 2, 3, 4})
