"""The customer's link: what it shows, what it records, and what it never does."""

import re
from datetime import timedelta
from itertools import cycle, islice

import pytest
from django.test import Client

from firm.models import Suppression
from report_cards import actions
from report_cards.models import Answer, Response, ResponseVersion, Round

from .conftest import CLOSED_AT, TOKEN

pytestmark = pytest.mark.usefixtures("open_now")

ALL = {
    "word-listening": "good",
    "word-keeping-promises": "poor",
    "why-keeping-promises": "Forgot twice.",
    "word-asks-about-my-world": "cant_judge",
    "fit": "no",
    "offered": "yes",
    "comment": "Keep asking.",
    "who_may_see": "manager",
    "call_me": "on",
}


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_page_says_who_what_and_that_it_pays(client, rate_url):
    page = text(client.get(rate_url))
    for words in (
        "How was Mark Carver in October?",
        "Four questions, half a minute. You are rating Mark Carver on behalf of Aldous &amp; Daughter.",
        "Your answers count towards Mark’s pay.",
        "1 of 4",
        "Listens before talking.",
        "Change it until 21 November.",
    ):
        assert words in page


def test_rate(client, rate_url, manager):
    answer = client.post(rate_url, ALL)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{rate_url}thanks/")
    assert "Change my answers" in text(client.get(answer.headers["Location"]))
    response = Response.objects.get()
    assert (response.version, response.fit, response.offered, response.call_me) == (1, "no", True, True)
    assert response.who_may_see == "manager"
    assert dict(response.answers.values_list("behaviour_key", "value")) == {
        "listening": "good",
        "keeping-promises": "poor",
        "asks-about-my-world": "cant_judge",
    }
    assert manager.notifications.get(text__contains="asks for a call").url == "/results/team/"


def test_edited_is_counted_once_and_every_version_kept(client, rate_url):
    client.post(rate_url, ALL)
    assert 'value="good" id="id_word-listening_3" checked' in text(client.get(rate_url))
    client.post(rate_url, {**ALL, "word-listening": "fair", "word-keeping-promises": "", "why-keeping-promises": ""})
    response = Response.objects.get()
    assert response.version == 2
    assert dict(response.answers.values_list("behaviour_key", "value")) == {
        "listening": "fair",
        "asks-about-my-world": "cant_judge",
    }
    first, second = ResponseVersion.objects.order_by("version")
    assert first.content["words"]["listening"] == "good"
    assert second.content["words"]["listening"] == "fair"


def test_sending_the_same_twice_is_one_version(client, rate_url):
    client.post(rate_url, ALL)
    client.post(rate_url, ALL)
    assert ResponseVersion.objects.count() == 1


def test_get_and_head_record_nothing(client, rate_url):
    for _ in range(3):
        assert client.get(rate_url, {"word-listening": "good"}).status_code == 200
        assert client.head(rate_url, {"word-listening": "good"}).status_code == 200
        assert client.get(f"{rate_url}not-you/").status_code == 200
        assert client.get(f"{rate_url}unsubscribe/").status_code == 200
        assert client.get(f"{rate_url}thanks/").status_code == 302
    assert not Response.objects.exists()
    assert not Suppression.objects.exists()


def test_a_scanner_that_opens_every_link_again_and_again_records_nothing(client, rate_url):
    page = client.get(rate_url).content.decode()
    links = [rate_url, *re.findall(r'(?:href|action)="(/r/[^"]+)"', page)]
    for link in islice(cycle(links), max(50, len(links))):
        client.get(link)
        client.head(link)
    assert not Response.objects.exists()
    assert not Suppression.objects.exists()


def test_a_click_in_the_mail_preselects(client, rate_url):
    page = text(client.get(rate_url, {"word-listening": "good", "comment": "Injected"}))
    assert 'value="good" id="id_word-listening_3" checked' in page
    assert "Injected" not in page


def test_nothing_chosen_is_said_and_not_recorded(client, rate_url):
    page = client.post(rate_url, {"who_may_see": "nobody"})
    assert page.status_code == 422
    assert "Choose a word for at least one question." in text(page)
    assert client.post(rate_url, {"word-listening": "splendid"}).status_code == 422
    assert not Response.objects.exists()


def test_offered_counts_only_when_it_did_not_fit(client, rate_url):
    client.post(rate_url, {**ALL, "fit": "yes"})
    assert Response.objects.get().offered is None


def test_no_cookie_no_foreign_script_no_referrer(client, rate_url):
    for url in (rate_url, f"{rate_url}not-you/", f"{rate_url}unsubscribe/", "/r/unknown/"):
        page = client.get(url)
        assert not page.cookies
        assert re.findall(r"<script[^>]*>", page.content.decode()) in (
            [],
            ['<script type="module" src="/static/js/rate.js">'],
        )
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Cache-Control"] == "no-store"
    assert not client.post(rate_url, ALL).cookies


def test_a_link_works_where_csrf_is_enforced(rate_url):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(rate_url, ALL, headers={"origin": "null"}).status_code == 302


def test_the_page_takes_few_queries(client, rate_url, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(rate_url)


def test_staff_never_answer(signed_in, rate_url, owner, executive):
    for person in (owner, executive):
        browser = signed_in(person)
        assert browser.get(rate_url).status_code == 403
        assert browser.post(rate_url, ALL).status_code == 403
        assert browser.post(f"{rate_url}unsubscribe/").status_code == 403
        assert browser.post(f"{rate_url}not-you/").status_code == 403
        assert browser.post(f"{rate_url}opened/").status_code == 403
    assert not Response.objects.exists()


def test_a_demo_lets_staff_answer_as_the_customer(signed_in, rate_url, owner, firm):
    from firm.demo import customer_pass  # noqa: PLC0415
    from firm.models import Firm  # noqa: PLC0415

    Firm.objects.all().delete()
    Firm.objects.create(name="Fairwater Supply", zone="Europe/Berlin", is_demo=True)
    browser = signed_in(owner)
    page = text(browser.get(customer_pass(rate_url)))
    action = re.search(r' action="([^"]+)"', page)[1].replace("&amp;", "&")
    thanks = browser.post(action, ALL)
    assert thanks.status_code == 302
    assert "Thank you" in text(browser.get(thanks.headers["Location"]))


def test_unknown_links(client, rate_url):
    assert client.get("/r/nonsense/").status_code == 404
    assert "We don’t know this link" in text(client.get(f"/r/{TOKEN[:-1]}/"))


def test_links_die_when_the_round_closes(client, rate_url, time_machine):
    client.post(rate_url, ALL)
    time_machine.move_to(CLOSED_AT, tick=False)
    for answer in (client.get(rate_url), client.post(rate_url, {**ALL, "word-listening": "poor"})):
        assert answer.status_code == 410
        assert "October is closed" in text(answer)
    time_machine.move_to(CLOSED_AT - timedelta(days=10), tick=False)
    actions.close_round(Round.objects.get(), at=CLOSED_AT)
    assert client.post(rate_url, {**ALL, "word-listening": "poor"}).status_code == 410
    assert Answer.objects.get(behaviour_key="listening").value == "good"


def test_unsubscribe(client, rate_url, invitation):
    page = text(client.get(f"{rate_url}unsubscribe/"))
    assert "Stop asking me" in page
    done = client.post(f"{rate_url}unsubscribe/", {"List-Unsubscribe": "One-Click"})
    assert "Done. No more of these." in text(done)
    assert Suppression.objects.get().address == invitation.address


def test_not_you(client, rate_url):
    assert "This link was made for Judith Aldous" in text(client.get(f"{rate_url}not-you/"))


def test_likely_to_stay_is_asked_once_a_quarter(client, rate_url, invitation):
    assert "How likely are you to stay" not in text(client.get(rate_url))
    Round.objects.update(month="2026-09-01")
    page = text(client.get(rate_url))
    assert "5 of 5" in page
    client.post(rate_url, {"likely": "0"})
    assert Response.objects.get().likely == 0
