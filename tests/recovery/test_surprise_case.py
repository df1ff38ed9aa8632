"""The surprise finder: what it proposes and never proposes, what it learns, and choosing once."""

import threading
from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from recovery import actions, queries
from recovery.models import Case, Gesture, Goodwill
from secrets_manual.actions import log_secret
from secrets_manual.models import Category, Secret, SecretUse
from tests.conftest import NOW, person

AUDIENCES = (["service"], ["sales"], ["sales", "service"])


@pytest.fixture
def flask(service_agent):
    return Gesture.objects.create(name="Flask and mittens", words="A flask on the wall.", cost=60, lead_hours=3)


@pytest.fixture
def goodwill(db):
    return Goodwill.objects.create(role=Role.SERVICE, severity="low", amount=80)


@pytest.fixture
def tell(customer, owner):
    """``tell(**changed)`` is a secret of the customer."""

    def make(**changed):
        category, _ = Category.objects.get_or_create(key="hope", defaults={"name": "Hope", "kind": "person"})
        given = {"category": category, "text": "Hopes.", "sensitivity": "shared", "audiences": ["service"]}
        return log_secret(customer, **{**given, **changed}, acting_user=owner, at=NOW)

    return make


def found(case, user, at=NOW):
    case = Case.objects.select_related("customer__owner").get(pk=case.pk)
    return queries.finder(case, user, at)


def test_it_never_proposes_what_may_not_be_used(case, tell, service_agent):
    """Every sensitivity, audience, silence, rest and removal at once."""
    allowed = set()
    for level, audience, aloud, rests, gone in product(
        ("shared", "relationship", "confidential"), AUDIENCES, (True, False), (True, False), (True, False)
    ):
        secret = tell(sensitivity=level, audiences=audience)
        until = NOW + timedelta(days=1) if rests else None
        removed = NOW if gone else None
        Secret.objects.filter(pk=secret.pk).update(never_aloud=not aloud, resting_until=until, removed_at=removed)
        if level != "confidential" and "service" in audience and aloud and not rests and not gone:
            allowed.add(secret.pk)
    finder = found(case, service_agent)
    assert {find.secret.pk for find in finder.finds if not find.is_resting} == allowed
    assert all(not find.offers for find in finder.finds if find.is_resting)


def test_a_stranger_to_the_customer_is_shown_nothing(case, tell, marketer):
    tell(audiences=["service"])
    assert found(case, marketer).finds == []


def test_it_offers_what_can_be_there_in_time_and_is_paid_for(case, tell, flask, goodwill, service_agent):
    tell()
    find = found(case, service_agent).finds[0]
    assert [one.option.name for one in find.offers] == ["Flask and mittens"]
    assert "can be there by" in find.why
    assert "60.00 of 80.00" in find.why
    late = found(case, service_agent, NOW + timedelta(hours=22)).finds[0]
    assert (late.offers, "after the deadline" in late.why) == ([], True) or late.offers == ()
    goodwill.delete()
    poor = found(case, service_agent).finds[0]
    assert not poor.offers
    assert "costs more than your 0.00" in poor.why


def test_gestures_are_for_failures_and_kinds(case, tell, flask, goodwill, service_agent):
    tell()
    Gesture.objects.filter(pk=flask.pk).update(root_causes=["billing"])
    assert not found(case, service_agent).finds[0].offers
    Gesture.objects.filter(pk=flask.pk).update(root_causes=["delivery"], categories=["dream"])
    assert not found(case, service_agent).finds[0].offers
    Gesture.objects.filter(pk=flask.pk).update(categories=["hope"])
    assert found(case, service_agent).finds[0].offers


def test_it_learns_from_what_came_of_it(open_case, tell, flask, goodwill, service_agent):
    for result in ("delighted", "pleased", "no_matter", "unknown"):
        case, secret = open_case(), tell()
        given = {"surprise": "A flask.", "secret": secret, "gesture": flask}
        actions.surprise_case(case, **given, acting_user=service_agent, at=NOW)
        SecretUse.objects.filter(secret=secret).update(result=result, outcome_at=NOW)
    made, record = queries.records()[flask.pk, "hope"]
    assert (made, record.worked, record.known) == (4, 2, 3)
    tell()
    offer = next(find for find in found(case, service_agent).finds if find.offers).offers[0]
    assert offer.record.words == "worked 2 of 3 times, few cases"


def test_without_a_noted_outcome_the_answers_after_count(open_case, flask, goodwill, service_agent):
    for before, after in ((5, 6), (6, 5), (None, 9), (None, 8), (None, 3)):
        case = open_case()
        actions.surprise_case(case, surprise="A flask.", secret=None, gesture=flask, acting_user=service_agent, at=NOW)
        Case.objects.filter(pk=case.pk).update(likely_before=before, likely_before_at=NOW if before else None)
        case.follow_ups.create(
            kind="check_back_7",
            closed_at=NOW,
            due_at=NOW,
            closes_at=NOW + timedelta(days=9),
            likely=after,
            answered_at=NOW,
        )
    made, record = queries.records()[flask.pk, ""]
    assert (made, record.worked, record.known) == (5, 2, 4)


def test_choosing_notes_gesture_cost_and_use(case, tell, flask, goodwill, service_agent):
    secret = tell()
    given = {"surprise": "A flask.", "secret": secret, "gesture": flask}
    actions.surprise_case(case, **given, acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    assert (case.gesture, case.surprise_cost, case.surprise_secret_id) == (flask, Decimal(60), secret.pk)
    assert SecretUse.objects.get(secret=secret).note == "a surprise: Flask and mittens"


@pytest.mark.parametrize("spoil", ["over", "retired", "never_aloud", "resting"])
def test_a_refused_choice_leaves_nothing_behind(case, tell, flask, goodwill, service_agent, spoil):
    secret, cost = tell(), Decimal(60)
    if spoil == "over":
        cost = Decimal("80.01")
    if spoil == "retired":
        actions.retire_gesture(flask)
    changed = {"never_aloud": {"never_aloud": True}, "resting": {"resting_until": NOW + timedelta(days=1)}}
    Secret.objects.filter(pk=secret.pk).update(**changed.get(spoil, {"never_aloud": False}))
    given = {"surprise": "A flask.", "secret": secret, "gesture": flask, "cost": cost}
    with pytest.raises(ValidationError):
        actions.surprise_case(case, **given, acting_user=service_agent, at=NOW)
    case.refresh_from_db()
    assert (case.surprise, case.gesture, case.milestones.get(kind="surprise").done_at) == ("", None, None)
    assert not SecretUse.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_choosing_at_once_are_one(case, tell, service_agent, owner):
    secret, barrier, outcomes = tell(sensitivity="shared", audiences=["sales", "service"]), threading.Barrier(2), []

    def choose(user):
        barrier.wait(timeout=30)
        try:
            given = {"surprise": f"By {user.name}.", "secret": secret}
            actions.surprise_case(case, **given, acting_user=user, at=NOW)
            outcomes.append("done")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=[user]) for user in (service_agent, owner)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["done", "refused"]
    assert SecretUse.objects.filter(secret=secret).count() == 1


def test_as_many_queries_for_500_secrets_as_for_one(case, tell, flask, goodwill, service_agent):
    tell()
    with CaptureQueriesContext(connection) as one:
        found(case, service_agent)
    first = Secret.objects.get()
    category, texts = first.category, first.texts.get()
    fields = {"customer": first.customer, "category": category, "audiences": ["service"], "sensitivity": "shared"}
    more = Secret.objects.bulk_create(
        Secret(
            **fields, discovered_by=first.discovered_by, discovered_at=NOW, confirmed_at=NOW, ask_again_on=NOW.date()
        )
        for _ in range(499)
    )
    type(texts).objects.bulk_create(
        type(texts)(secret=one, version=1, sensitivity="shared", plain="Hopes.", written_by=first.discovered_by)
        for one in more
    )
    with CaptureQueriesContext(connection) as many:
        finder = found(case, service_agent)
    assert len(one) == len(many) <= 9
    assert (len(finder.finds), finder.more) == (20, 480)


def test_a_suggestion_fills_the_form_and_uses_nothing(signed_in, open_case, tell, flask, goodwill, service_agent):
    case, secret, client = open_case(at=timezone.now()), tell(), signed_in(service_agent)
    data = {"suggestion": f"{secret.pk}-{flask.pk}", "surprise": "", "apology": ""}
    answer = client.post(f"/oops/{case.pk}/suggest/", data)
    assert answer.url == f"/oops/{case.pk}/?secret={secret.pk}&gesture={flask.pk}#surprise"
    page = client.get(answer.url).content.decode()
    assert "A flask on the wall." in page
    assert 'value="60.00"' in page
    assert not SecretUse.objects.exists()
    assert client.post(f"/oops/{case.pk}/suggest/", {"suggestion": "x"}).url == f"/oops/{case.pk}/#surprise"


def test_too_dear_comes_back_with_what_was_typed(signed_in, open_case, flask, service_agent):
    case = open_case(at=timezone.now())
    data = {"surprise": "A flask by the sea.", "gesture": flask.pk, "cost": "", "apology": ""}
    answer = signed_in(service_agent).post(f"/oops/{case.pk}/surprise/", data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "60.00 is more than the 0.00 you may spend" in page
    assert "A flask by the sea." in page
    assert f'<option value="{flask.pk}" selected>' in page


def test_somebody_else_in_service_sees_the_same(case, tell):
    other = person("Sid Second", Role.SERVICE)
    tell(sensitivity="shared")
    tell(sensitivity="relationship")
    assert len(found(case, other).finds) == 1
