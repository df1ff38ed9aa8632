"""Promises: made in words, listed, kept or broken with how and why."""

from datetime import date, timedelta

import pytest

from customers.actions import add_promise, break_promise, hand_over, keep_promise, reopen_promise
from customers.models import Promise
from customers.queries import promises_due
from tests.conftest import NOW

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def promise(customer, owner):
    return add_promise(customer, text="Send the glaze samples", due_on=TODAY, acting_user=owner, at=NOW)


def promised(customer, by, text="Ring", due_on=TODAY, at=NOW):
    return add_promise(customer, text=text, due_on=due_on, acting_user=by, at=at)


def test_due_are_mine_until_today(promise, customer, owner, colleague):
    late = promised(customer, owner, due_on=TODAY - timedelta(days=1))
    promised(customer, owner, "Later", TODAY + timedelta(days=1))
    assert list(promises_due(owner, TODAY)) == [late, promise]
    assert list(promises_due(colleague, TODAY)) == []


def test_promises_go_with_the_customer(promise, customer, owner, colleague):
    hand_over(customer, to=colleague, since=TODAY, acting_user=None, at=NOW)
    assert list(promises_due(colleague, TODAY)) == [promise]
    assert list(promises_due(owner, TODAY)) == []


def test_what_a_colleague_promised_stays_theirs_and_the_owner_sees_it(customer, owner, colleague):
    lent = promised(customer, colleague)
    assert list(promises_due(colleague, TODAY)) == [lent]
    assert list(promises_due(owner, TODAY)) == [lent]


def test_a_former_owner_promises_anew(promise, customer, owner, colleague):
    hand_over(customer, to=colleague, since=TODAY, acting_user=None, at=NOW)
    later = promised(customer, owner, at=NOW + timedelta(days=2))
    assert list(promises_due(owner, TODAY)) == [later]


def test_settled_once_and_the_how_can_follow(promise, owner):
    told = {"acting_user": owner, "at": NOW}
    assert keep_promise(promise, **told)
    assert keep_promise(promise, outcome="By hand.", **told)
    assert not break_promise(promise, outcome="No.", **told)
    promise.refresh_from_db()
    assert (promise.state, promise.settled_at, promise.outcome) == ("kept", NOW, "By hand.")
    reopen_promise(promise, **told)
    assert Promise.objects.open().get().outcome == ""


def test_page_keeps_and_undoes(signed_in, owner, promise):
    client = signed_in(owner)
    assert "Send the glaze samples" in client.get("/promises/").text
    page = client.post(f"/promises/{promise.pk}/keep/", follow=True).text
    assert f'action="/promises/{promise.pk}/reopen/"' in page
    assert "No promise is open" in page
    assert "Send the glaze samples" in client.get("/promises/?show=kept").text
    client.post(f"/promises/{promise.pk}/reopen/")
    assert Promise.objects.open().exists()


def test_breaking_takes_a_reason_and_leads_to_an_oops(signed_in, owner, promise):
    client, path = signed_in(owner), f"/promises/{promise.pk}/break/"
    page = client.post(path).text
    assert "Say why in a few words" in page
    assert f"/oops/open/?customer={promise.customer_id}&amp;what=Send%20the%20glaze" in page
    target = f"/oops/open/?customer={promise.customer_id}"
    assert client.post(path, {"outcome": "The kiln broke.", "next": target}).url == target
    promise.refresh_from_db()
    assert (promise.state, promise.outcome) == ("broken", "The kiln broke.")
    page = client.get("/promises/?show=broken").text
    assert "The kiln broke." in page
    assert "Open an OOPS" in page


def test_keeping_a_broken_one_is_refused_with_a_word(signed_in, owner, promise):
    break_promise(promise, outcome="Forgot.", acting_user=owner, at=NOW)
    page = signed_in(owner).post(f"/promises/{promise.pk}/keep/", follow=True).text
    assert "the other way meanwhile" in page
    promise.refresh_from_db()
    assert promise.state == "broken"


def test_next_never_leads_away(signed_in, owner, promise):
    assert signed_in(owner).post(f"/promises/{promise.pk}/keep/", {"next": "//evil.example"}).url == "/promises/"


def test_a_button_leads_back_to_its_page(signed_in, owner, promise):
    client = signed_in(owner)
    referer = f"http://testserver/customers/{promise.customer_id}/?category=habit"
    answer = client.post(f"/promises/{promise.pk}/keep/", headers={"Referer": referer})
    assert answer.url == f"/customers/{promise.customer_id}/?category=habit"
    answer = client.post(f"/promises/{promise.pk}/reopen/", headers={"Referer": "https://evil.example/x"})
    assert answer.url == "/promises/"


@pytest.mark.parametrize(
    ("text", "due_on", "day"),
    [
        ("Bring clay", "2026-12-01", date(2026, 12, 1)),
        ("Bring clay", "Friday", date(2026, 11, 27)),
        ("Bring clay", "in two weeks", date(2026, 12, 8)),
        ("Bring clay by Friday", "", date(2026, 11, 27)),
        ("Bring clay by Friday", "tomorrow", date(2026, 11, 25)),
    ],
)
def test_add_in_words(signed_in, owner, customer, text, due_on, day):
    form = {"text": text, "due_on": due_on}
    assert signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", form).url == f"/customers/{customer.pk}/"
    assert (Promise.objects.get().made_by, Promise.objects.get().due_on) == (owner, day)


@pytest.mark.parametrize("due_on", ["", "soon", "30 Feb"])
def test_no_day_is_asked_for(signed_in, owner, customer, due_on):
    form = {"text": "Bring clay", "due_on": due_on}
    assert "Say by when" in signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", form).text
    assert not Promise.objects.exists()


def test_add_from_anywhere_by_the_name_in_it(signed_in, owner, customer):
    client = signed_in(owner)
    client.post("/promises/add/", {"text": "Send Judith the samples by Friday"})
    assert Promise.objects.get().customer == customer
    assert "To whom?" in client.post("/promises/add/", {"text": "Send the samples by Friday"}).text
    client.post("/promises/add/", {"text": "Send the samples by Friday", "customer": customer.pk})
    assert Promise.objects.count() == 2


def test_nothing_is_promised_to_the_invisible(signed_in, outsider, customer):
    client = signed_in(outsider)
    form = {"text": "Send Judith the samples by Friday"}
    assert "To whom?" in client.post("/promises/add/", form).text
    assert client.post("/promises/add/", form | {"customer": customer.pk}).status_code == 404
    assert not Promise.objects.exists()


def test_change_while_open(signed_in, owner, promise):
    client, path = signed_in(owner), f"/promises/{promise.pk}/change/"
    assert 'value="2026-11-24"' in client.get(path).text
    client.post(path, {"text": "Send two samples", "due_on": "next week"})
    promise.refresh_from_db()
    assert (promise.text, promise.due_on) == ("Send two samples", date(2026, 12, 4))
    keep_promise(promise, acting_user=owner, at=NOW)
    assert "settled this promise meanwhile" in client.post(path, {"text": "No", "due_on": "Friday"}).text


def test_filters_and_sorts(signed_in, owner, colleague, customer, promise):
    client = signed_in(owner)
    promised(customer, colleague, "Fetch the crates", TODAY - timedelta(days=9))
    kept = promised(customer, owner, "Ring Judith")
    keep_promise(kept, outcome="She was glad.", acting_user=owner, at=NOW)

    def titles(query):
        return [row.text for row in client.get(f"/promises/?{query}").context["page"]]

    assert titles("") == ["Fetch the crates", "Send the glaze samples"]
    assert titles("sort=-due") == ["Send the glaze samples", "Fetch the crates"]
    assert titles("show=late") == ["Fetch the crates"]
    assert titles("whose=made") == ["Send the glaze samples"]
    assert titles("show=kept&q=glad") == ["Ring Judith"]
    assert titles("show=all&q=ALDOUS&sort=customer") == ["Fetch the crates", "Send the glaze samples", "Ring Judith"]
    assert titles("show=nonsense&sort=nonsense") == ["Fetch the crates", "Send the glaze samples"]


def test_overdue_is_said(signed_in, owner, promise):
    Promise.objects.update(due_on=date(2020, 1, 1))
    assert "overdue since" in signed_in(owner).get("/promises/").text


def test_same_queries_for_one_and_many(signed_in, owner, customer, promise, queries_of):
    client = signed_in(owner)
    one = queries_of(client, "/promises/?q=e&whose=team")
    [promised(customer, owner, "More") for _ in range(19)]
    assert queries_of(client, "/promises/?q=e&whose=team") == one


def test_a_day_far_away_is_a_slip(signed_in, owner, customer):
    page = signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", {"text": "Ring", "due_on": "0001-01-01"})
    assert page.status_code == 200
    assert "Choose a day at most a year back" in page.text
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"), [("03/12/2026", "be read in two ways"), ("2017-01-01", "at most a year back")]
)
def test_a_day_that_may_be_another_is_asked_about(signed_in, owner, customer, typed, said):
    sent = {"text": "Ring", "due_on": typed}
    assert said in signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", sent).text
    assert not Promise.objects.exists()


def test_the_day_that_was_read_is_said(signed_in, owner, customer):
    sent = {"text": "By Friday: the report of this month", "due_on": ""}
    page = signed_in(owner).post(f"/customers/{customer.pk}/promises/add/", sent, follow=True).text
    assert "by Friday 27 November 2026. It comes back to you on that day." in page
