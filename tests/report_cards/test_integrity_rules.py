"""The pure rules of doubt: late addresses, own networks, bursts, shared devices, and when two people agree."""

from datetime import UTC, datetime, timedelta
from math import exp, factorial
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_cards.rules import integrity as rules

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
people = st.integers(1, 5)
traces = st.lists(
    st.builds(
        rules.Trace,
        response=st.integers(1, 10_000),
        customer=st.integers(1, 30),
        salesperson=people,
        at=st.integers(0, 3600).map(lambda seconds: NOW - timedelta(seconds=seconds)),
    ),
    max_size=40,
    unique_by=lambda trace: trace.response,
)


def trace(response, customer, salesperson=1, *, minutes=0):
    return rules.Trace(response, customer, salesperson, NOW + timedelta(minutes=minutes))


NEW = trace(0, 0)


@pytest.mark.parametrize(
    ("hours", "late"), [(-73, False), (-72, False), (-71, True), (0, True), (48, True), (None, False)]
)
def test_an_address_changed_in_the_72_hours_before_the_draw_or_after_it(hours, late):
    changed = None if hours is None else NOW + timedelta(hours=hours)
    assert rules.changed_late(changed, drawn_at=NOW) is late


@pytest.mark.parametrize(
    ("domain", "own"),
    [
        ("fairwater.example", True),
        ("mail.FAIRWATER.example", True),
        ("notfairwater.example", False),
        ("example", False),
        ("", False),
    ],
)
def test_own_domains_and_those_below(domain, own):
    assert rules.in_domains(domain, [" @Fairwater.example ", ""]) is own


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("192.0.2.77", True),
        ("::ffff:192.0.2.77", True),
        ("192.0.3.1", False),
        ("2001:db8:7::1", True),
        ("2001:db8:8::1", False),
        ("nonsense", False),
        ("", False),
    ],
)
def test_own_networks(address, own):
    assert rules.in_networks(address, ["nonsense", "192.0.2.9/24", " 2001:db8:7::/48 "]) is own


@given(st.ip_addresses(v=6))
def test_an_ipv6_address_and_its_neighbours_are_one_network(address):
    neighbour = type(address)(int(address) ^ 0xFFFF)
    assert rules.network_of(str(address)) == rules.network_of(str(neighbour)) or address.ipv4_mapped


@given(st.integers(0, 2000))
def test_a_burst_is_more_than_chance_explains(invited):
    size, mean = rules.burst_size(invited), invited * rules.BUSIEST_TEN_MINUTES
    tail = 1 - sum(exp(-mean) * mean**k / factorial(k) for k in range(size))
    assert tail <= rules.BY_CHANCE + 1e-9
    assert rules.FEWEST_IN_BURST <= size <= rules.burst_size(invited + 1)


def test_the_sizes_the_documentation_prints():
    assert [rules.burst_size(invited) for invited in (5, 20, 30, 60, 100, 200)] == [5, 5, 6, 9, 11, 17]


@given(traces)
def test_a_burst_holds_its_newest_answer_and_nothing_older_than_ten_minutes(about):
    found = rules.burst(about, new=NEW, invited=10)
    times = {t.response: t.at for t in [*about, NEW]}
    assert not found or NEW.response in found
    assert all(NOW - timedelta(minutes=10) < times[response] <= NOW for response in found)


@given(traces, st.integers(0, 5))
def test_contacts_of_one_customer_are_no_burst_and_no_shared_device(about, customer):
    same = [rules.Trace(t.response, customer, 1, t.at) for t in about]
    new = rules.Trace(0, customer, 1, NOW)
    assert rules.burst(same, new=new, invited=0) == set()
    assert rules.shared_device(same, new=new) == set()


def test_five_customers_in_ten_minutes_are_a_burst():
    four = [trace(n, n, minutes=-n) for n in range(1, 5)]
    assert rules.burst(four, new=NEW, invited=20) == {0, 1, 2, 3, 4}
    assert rules.burst(four[:3], new=NEW, invited=20) == set()
    assert rules.burst([*four[:3], trace(9, 9, minutes=-10)], new=NEW, invited=20) == set()


def test_one_device_for_two_customers_of_one_person_or_four_of_the_firm():
    assert rules.shared_device([trace(1, 1)], new=NEW) == {0, 1}
    others = [trace(n, n, n + 1) for n in range(1, 4)]
    assert rules.shared_device(others[:2], new=NEW) == set()
    assert rules.shared_device(others, new=NEW) == {0, 1, 2, 3}


@given(traces)
def test_a_shared_device_speaks_for_several_customers(same):
    found = rules.shared_device(same, new=NEW)
    customers = {t.customer for t in [*same, NEW] if t.response in found}
    assert not found or (NEW.response in found and len(customers) >= 2)


@given(st.dictionaries(st.integers(1, 9), st.sampled_from(["released", "voided"]), max_size=3))
def test_two_who_agree_settle_and_three_always_do(votes):
    given_words = list(votes.values())
    agreed = {word for word in given_words if given_words.count(word) >= 2}
    assert rules.verdict(votes) == (agreed.pop() if agreed else "")
    assert len(votes) < 3 or rules.verdict(votes)


@given(
    st.sets(st.sampled_from(["salesperson", "manager", "executive", "compensation", "privacy_officer"])),
    st.integers(1, 4),
    st.sets(st.integers(1, 4)),
    st.none() | st.integers(1, 4),
)
def test_nobody_decides_in_their_line_or_on_their_report(roles, user, line, reporter):
    allowed = rules.may_decide(roles, user_id=user, line=line, reported_by=reporter)
    assert not (allowed and (user in line or user == reporter or not roles & rules.DECIDING))


@pytest.mark.parametrize(("invited", "answering"), [(20, 0.4), (60, 0.4), (200, 0.5)])
def test_honest_rounds_seldom_show_a_burst(invited, answering):
    """Half of those who answer do so within four hours of the mail, evenly: in fewer than 2 % of rounds a burst."""
    random, rounds, alarms = Random(invited), 400, 0
    for _ in range(rounds):
        count = sum(random.random() < answering / 2 for _ in range(invited))
        times = sorted(random.uniform(0, 240) for _ in range(count))
        size = rules.burst_size(invited)
        alarms += any(late - early < 10 for early, late in zip(times, times[size - 1 :], strict=False))
    assert alarms / rounds < 0.02
