"""A whole book is handed over, or shared out: looked at first, then in one step, once."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from customers.actions import add_customer, add_promise, settle_owners, share_out_book
from customers.models import Customer, Ownership, Promise, Tag
from customers.queries.book import book_of, possible_givers
from customers.rules.book import Held, Share, allot, groups, mark_of
from firm.models import Notification
from recovery.actions import open_case
from tests.conftest import NOW, person

TODAY = date(2026, 11, 24)
PAGE = "/customers/book/hand-over/"


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def book(customer, owner):
    """The owner's: Aldous in Kiel, one of high value in Bremen, one tagged, one of nowhere."""
    since = date(2025, 1, 1)
    told = {"owner": owner, "acting_user": owner, "at": NOW, "since": since}
    valued = add_customer(name="Harbour Foods", city="Bremen", tier="high_value", **told)
    tagged = add_customer(name="Ferrant Print", city="Kiel", **told)
    tagged.tags.add(Tag.objects.create(name="ceramics"))
    return [customer, valued, tagged, add_customer(name="Nowhere", **told)]


def query(giver, *shares, since=TODAY, **more):
    rows = {f"by_{n}": by for n, (by, _) in enumerate(shares, 1)}
    rows |= {f"to_{n}": to.pk for n, (_, to) in enumerate(shares, 1)}
    return {"from": giver.pk, "rows": len(shares), "since": str(since), "reason": "New line", **rows, **more}


def hand_over(client, giver, *shares, **more):
    """Look, then do it as the page says."""
    asked = query(giver, *shares, **more)
    seen = client.get(PAGE, asked | {"look": 1}).context["seen"]
    return client.post(PAGE, asked | {"seen": seen, "typed": giver.name.split()[0]}, follow=True)


def owners(book):
    return [Customer.objects.get(pk=one.pk).owner for one in book]


def test_the_whole_book(signed_in, manager, owner, colleague, book):
    page = hand_over(signed_in(manager), owner, ("all", colleague)).text
    assert "Mark Carver’s customers are handed over, from today on: 4 to Ines Okafor." in page
    assert owners(book) == [colleague] * 4
    kept = [(row.owner, row.until, row.reason) for row in book[0].ownerships.order_by("since")]
    assert kept == [(owner, TODAY, ""), (colleague, None, "New line")]
    assert Notification.objects.get(user=colleague).text.startswith("4 customers come to you from Mark Carver")
    assert Notification.objects.get(user=owner).text.startswith("4 of your customers go to Ines Okafor on ")


def test_shared_out_by_city_tag_and_value(signed_in, administrator, owner, colleague, outsider, book):
    tag = Tag.objects.get()
    shares = [(f"tag:{tag.pk}", colleague), ("city:Kiel", outsider), ("tier:high_value", colleague)]
    page = hand_over(signed_in(administrator), owner, *shares).text
    assert "1 to Ines Okafor, 1 to Olga Outside, 1 to Ines Okafor" in page
    assert owners(book) == [outsider, colleague, colleague, owner]


def test_looking_changes_nothing_and_says_what_moves(signed_in, manager, owner, colleague, book, service_agent):
    add_promise(book[0], text="Ring", due_on=TODAY, acting_user=owner, at=NOW)
    wrong = {"what_happened": "Wrong glaze", "severity": "high", "root_cause": "delivery", "agent": service_agent}
    open_case(customer=book[1], acting_user=service_agent, at=NOW, **wrong)
    asked = query(owner, ("city:Kiel", colleague), ("all", colleague)) | {"look": 1}
    context = signed_in(manager).get(PAGE, asked).context
    moves = [(part.customers, part.high_value, part.promises, part.cases) for part in context["moving"]]
    assert moves == [(2, 0, 1, 0), (2, 1, 0, 1)]
    assert context["staying"].customers == 0
    assert owners(book) == [owner] * 4


def test_visibility_moves_at_once(signed_in, administrator, owner, outsider, book, customer):
    former, new, path = signed_in(owner), signed_in(outsider), f"/customers/{customer.pk}/"
    assert (former.get(path).status_code, new.get(path).status_code) == (200, 404)
    hand_over(signed_in(administrator), owner, ("all", outsider))
    assert (former.get(path).status_code, new.get(path).status_code) == (404, 200)


def test_promises_come_along(signed_in, administrator, owner, outsider, book):
    promise = add_promise(book[0], text="Ring", due_on=TODAY, acting_user=owner, at=NOW)
    hand_over(signed_in(administrator), owner, ("all", outsider))
    assert list(Promise.objects.of(outsider)) == [promise]
    assert list(Promise.objects.of(owner)) == []


def test_a_day_to_come_is_a_plan(signed_in, manager, owner, colleague, book):
    later = TODAY + timedelta(days=7)
    hand_over(signed_in(manager), owner, ("all", colleague), since=later)
    assert owners(book) == [owner] * 4
    assert settle_owners(at=NOW + timedelta(days=6)) == 0
    assert settle_owners(at=NOW + timedelta(days=7)) == 4
    assert owners(book) == [colleague] * 4


def test_the_past_is_not_rewritten(signed_in, manager, owner, colleague, book):
    asked = query(owner, ("all", colleague), since=TODAY - timedelta(days=1)) | {"look": 1}
    assert "what was is not rewritten" in signed_in(manager).get(PAGE, asked).text
    with pytest.raises(ValidationError, match="not rewritten"):
        share(owner, colleague, since=TODAY - timedelta(days=1))


def test_a_day_beyond_a_year_is_refused(signed_in, manager, owner, colleague, book):
    late = TODAY + timedelta(days=367)
    assert (
        "within a year" in signed_in(manager).get(PAGE, query(owner, ("all", colleague), since=late) | {"look": 1}).text
    )
    with pytest.raises(ValidationError, match="within a year"):
        share(owner, colleague, since=late)


def test_the_name_has_to_be_typed(signed_in, manager, owner, colleague, book):
    client, asked = signed_in(manager), query(owner, ("all", colleague))
    seen = client.get(PAGE, asked | {"look": 1}).context["seen"]
    page = client.post(PAGE, asked | {"seen": seen, "typed": "Ines"}).text
    assert "Type Mark to hand the book over." in page
    assert owners(book) == [owner] * 4


def test_whoever_is_second_is_told(signed_in, manager, administrator, owner, colleague, outsider, book):
    first, second = signed_in(manager), signed_in(administrator)
    asked = query(owner, ("all", outsider)) | {"typed": "mark"}
    seen = second.get(PAGE, asked | {"look": 1}).context["seen"]
    hand_over(first, owner, ("city:Kiel", colleague))
    page = second.post(PAGE, asked | {"seen": seen}).text
    assert "The book changed while you looked" in page
    assert outsider not in owners(book)
    hand_over(first, owner, ("all", colleague))
    page = second.post(PAGE, asked | {"seen": seen}, follow=True).text
    assert "none any more. Nothing was done." in page


def test_a_manager_gives_within_the_line_and_never_to_themselves(manager, owner, colleague, outsider, book, signed_in):
    Customer.objects.create(name="Elsewhere", owner=outsider)
    client = signed_in(manager)
    assert list(possible_givers(manager)) == [owner]
    assert "Nothing was done" in client.get(PAGE, {"from": outsider.pk}, follow=True).text
    manager.roles = [Role.MANAGER, Role.SALESPERSON]
    manager.save()
    for to in (outsider, manager):
        assert "valid choice" in client.get(PAGE, query(owner, ("all", to)) | {"look": 1}).text


def test_of_somebody_who_left(signed_in, administrator, owner, colleague, book):
    owner.is_active = False
    owner.save()
    client = signed_in(administrator)
    assert "has left" in client.get(PAGE).text
    hand_over(client, owner, ("all", colleague))
    assert owners(book) == [colleague] * 4


def test_removed_ones_and_those_without_a_history_come_along(owner, colleague, book):
    Customer.objects.filter(pk=book[0].pk).update(removed_at=NOW)
    bare = Customer.objects.create(name="Bare", owner=owner)
    share(owner, colleague)
    assert owners([*book, bare]) == [colleague] * 5
    assert [row.since for row in bare.ownerships.all()] == [TODAY]


def share(giver, to, since=TODAY, seen=None, by=None):
    seen = seen or mark_of(book_of(giver, since))
    shares = [Share("all", to.pk)]
    return share_out_book(from_user=giver, shares=shares, since=since, reason="", seen=seen, acting_user=by, at=NOW)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("days", [0, 7])
def test_two_at_once_one_wins_and_the_other_is_told(book, owner, colleague, outsider, days):
    since = TODAY + timedelta(days=days)
    barrier, told, done = threading.Barrier(2), [], []
    seen = mark_of(book_of(owner, since))

    def race(to):
        barrier.wait()
        try:
            share(owner, to, since=since, seen=seen)
            done.append(to)
        except ValidationError as refused:
            told.append(refused.messages[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=[to]) for to in (colleague, outsider)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (len(done), len(told)) == (1, 1)
    assert told[0].startswith("The book changed while you looked")
    assert {row.owner for row in Ownership.objects.filter(until=None)} == set(done)
    settle_owners(at=NOW + timedelta(days=days))
    assert set(owners(book)) == set(done)


def test_thousands_in_few_queries(owner, colleague, django_assert_max_num_queries):
    customers = Customer.objects.bulk_create([Customer(name=f"C{i}", owner=owner) for i in range(3000)])
    Ownership.objects.bulk_create([Ownership(customer=c, owner=owner, since=date(2025, 1, 1)) for c in customers])
    seen = mark_of(book_of(owner, TODAY))
    with django_assert_max_num_queries(25):
        assert share(owner, colleague, seen=seen) == [3000]


def test_the_page_takes_the_same_queries_for_many(signed_in, manager, owner, colleague, book):
    client, counts = signed_in(manager), []
    asked = query(owner, ("city:Kiel", colleague), ("all", colleague)) | {"look": 1}
    client.get(PAGE, asked)
    for number in (1, 20):
        for place in range(number):
            one = Customer.objects.create(name=f"More {place}", owner=owner, city=f"Town {number} {place}")
            one.tags.add(Tag.objects.create(name=f"Tag {number} {place}"))
            person(f"Further {number}{place} Sales", Role.SALESPERSON, team=owner.team)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE, asked).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


HELD = st.builds(
    Held,
    id=st.integers(1, 9),
    name=st.just("x"),
    city=st.sampled_from(["", "Kiel", "Bremen"]),
    tier=st.sampled_from(["standard", "high_value"]),
    tags=st.frozensets(st.integers(1, 3)),
)
BY = st.sampled_from(["all", "city:Kiel", "city:Bremen", "tag:1", "tag:2", "tier:high_value", "tag:x", "", "city:"])


@given(st.lists(HELD, max_size=9), st.lists(st.builds(Share, by=BY, to=st.integers(1, 3)), max_size=4))
def test_every_customer_goes_to_one_share_or_stays(book, shares):
    given_out, left = allot(book, shares)
    assert sorted(map(id, [held for part in given_out for held in part] + left)) == sorted(map(id, book))
    if any(one.by == "all" for one in shares):
        assert left == []


def test_groups_are_what_the_book_has_in_common():
    book = [Held(1, "a", city="Kiel", tags=frozenset({1})), Held(2, "b", city="Kiel"), Held(3, "c", is_removed=True)]
    assert [(group.by, group.label, group.count) for group in groups(book, {1: "ceramics"})] == [
        ("all", "All that are left", 2),
        ("city:Kiel", "Kiel", 2),
        ("tag:1", "Tag “ceramics”", 1),
    ]
