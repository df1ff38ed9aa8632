"""The list of gestures and what each role may spend."""

import itertools
from datetime import UTC, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from recovery import rules
from recovery.models import Gesture, Goodwill
from tests.conftest import NOW

tried = st.integers(0, 200).flatmap(lambda known: st.tuples(st.integers(0, known), st.just(known)))
TYPED = {"name": "Flask and mittens", "words": "A flask.", "cost": "60", "lead_hours": "3"}


@given(tried)
def test_a_chance_lies_between_one_half_and_what_was_seen(pair):
    record = rules.Record(*pair)
    seen = Fraction(record.worked, record.known) if record.known else Fraction(1, 2)
    assert min(seen, Fraction(1, 2)) <= record.chance <= max(seen, Fraction(1, 2))


@given(tried)
def test_more_that_worked_is_never_worse(pair):
    worked, known = pair
    assert rules.Record(worked + 1, known + 1).chance > rules.Record(worked, known).chance
    assert rules.Record(worked, known + 1).chance < rules.Record(worked, known).chance


def test_one_of_one_does_not_beat_seven_of_nine():
    assert rules.Record(1, 1).chance == Fraction(3, 5) < rules.Record(7, 9).chance == Fraction(9, 13)


def test_words_mark_few():
    assert rules.Record().words == "not tried yet"
    assert rules.Record(1, 1).words == "worked 1 of 1 time, few cases"
    assert rules.Record(7, 9).words == "worked 7 of 9 times"


def test_it_is_added_changed_retired_and_offered_again(signed_in, service_agent):
    client = signed_in(service_agent)
    client.post("/oops/gestures/add/", {**TYPED, "root_causes": ["delivery"], "categories": ["hope"]})
    gesture = Gesture.objects.get()
    assert (gesture.cost, gesture.root_causes, gesture.categories) == (Decimal(60), ["delivery"], ["hope"])
    client.post(f"/oops/gestures/{gesture.pk}/", {**TYPED, "cost": "45.5"})
    gesture.refresh_from_db()
    assert (gesture.cost, gesture.root_causes) == (Decimal("45.50"), [])
    client.post(f"/oops/gestures/{gesture.pk}/retire/")
    assert "Flask" not in client.get("/oops/gestures/").context["rows"].__str__()
    assert len(client.get("/oops/gestures/?show=retired").context["rows"]) == 1
    client.post(f"/oops/gestures/{gesture.pk}/restore/")
    assert len(client.get("/oops/gestures/?q=flask&cause=billing").context["rows"]) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": ""}, "Give it a name."),
        ({"cost": "-1"}, "A gesture costs nothing or more."),
        ({"name": "FLASK AND MITTENS"}, "There is a gesture of this name already"),
    ],
)
def test_bad_input_is_said_beside_the_field(signed_in, service_agent, changed, said):
    Gesture.objects.create(name="Flask and mittens")
    answer = signed_in(service_agent).post("/oops/gestures/add/", {**TYPED, **changed})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)


def test_as_many_queries_for_twenty_as_for_one(signed_in, service_agent):
    client = signed_in(service_agent)
    Gesture.objects.create(name="One")
    with CaptureQueriesContext(connection) as one:
        client.get("/oops/gestures/")
    Gesture.objects.bulk_create(Gesture(name=f"Number {number}") for number in range(19))
    with CaptureQueriesContext(connection) as twenty:
        client.get("/oops/gestures/")
    assert len(one) == len(twenty)


@pytest.mark.parametrize(("who", "may"), [("manager", {"service", "salesperson"}), ("executive", set(rules.SPENDERS))])
def test_nobody_sets_their_own(request, signed_in, who, may):
    client = signed_in(request.getfixturevalue(who))
    pairs = itertools.product(rules.SPENDERS, ("low", "medium", "high", "critical"))
    client.post("/oops/goodwill/", {f"{role}-{severity}": "75" for role, severity in pairs})
    assert set(Goodwill.objects.filter(amount=75).values_list("role", flat=True)) == may
    assert Goodwill.objects.filter(changed_by=request.getfixturevalue(who)).count() == 4 * len(may)


def test_an_amount_below_nothing_is_refused(signed_in, executive):
    answer = signed_in(executive).post("/oops/goodwill/", {"service-low": "-5"})
    assert answer.status_code == 422
    assert not Goodwill.objects.exists()


def test_who_holds_both_roles_sets_neither_of_their_own():
    assert not rules.may_set_goodwill("manager", roles=["manager", "executive"])
    assert rules.may_set_goodwill("service", roles=["manager", "executive"])
    assert not rules.may_set_goodwill("executive", roles=["executive"])


options = st.builds(
    rules.Option,
    id=st.integers(1, 50),
    name=st.just("A gesture"),
    cost=st.decimals(0, 500, places=2),
    lead_hours=st.integers(0, 100),
    root_causes=st.frozensets(st.sampled_from(["delivery", "billing"])),
    categories=st.frozensets(st.sampled_from(["hope", "dream"])),
)


@given(st.lists(options, max_size=8), st.integers(-50, 50), st.decimals(0, 500, places=2), st.booleans())
def test_nothing_is_offered_that_comes_late_costs_too_much_or_rests(many, hours, budget, rests):
    due_at = NOW + timedelta(hours=hours)
    means = rules.Means(NOW, due_at, budget, UTC)
    secret = rules.Candidate(1, "hope", 3, NOW, resting_until=NOW + timedelta(days=1) if rests else None)
    (ranked,) = rules.rank([secret], root_cause="delivery", at=NOW, means=means, options=many)
    assert not (rests and ranked.offers)
    for offer in ranked.offers:
        assert offer.option.cost <= budget
        assert offer.there_at <= due_at or due_at < NOW
        assert rules.suits(offer.option, category="hope", root_cause="delivery")
