"""The mail on close: the page's own words, to the rated and their managers, once a round."""

import re

import pytest

from firm.models import Notification, OutboxMail
from report_cards import actions, queries
from report_cards.models import Round

from .conftest import CLOSED_AT, DRAWN_AT, OCTOBER, answer_all, closed, customers_of


@pytest.fixture
def shown(card, owner):
    customers_of(owner, 10)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 4 + ["poor"] * 6, comment="Never mailed", who_may_see="salesperson")
    return closed(round_)


def mails():
    return {mail.to: mail for mail in OutboxMail.objects.filter(subject__contains="esults of October 2026")}


def test_the_mail_says_what_the_page_says(shown, owner, manager, signed_in):
    sent = mails()
    assert set(sent) == {owner.email, manager.email}
    own = queries.results_of(shown, [owner.pk])
    page = signed_in(owner).get("/results/").content.decode()
    for words in (sent[owner.email].text, sent[owner.email].html):
        assert own.headline in words
        assert own.headline in page
        assert re.search(r"Listening.{0,120}40\s%", words, re.S)
        assert "below" in words
        assert "/results/?month=2026-10" in words


def test_no_customer_and_no_comment_is_mailed(shown):
    for mail in mails().values():
        for words in (mail.subject, mail.text, mail.html):
            assert "Customer 0" not in words
            assert "Contact 0" not in words
            assert "Never mailed" not in words


def test_closing_twice_mails_once(shown, owner):
    actions.close_round(Round.objects.get(pk=shown.pk), at=CLOSED_AT)
    assert OutboxMail.objects.filter(to=owner.email, subject__contains="esults of").count() == 1
    assert Notification.objects.filter(user=owner, key__startswith="results-").count() == 1


def test_a_close_that_fails_mails_nobody(card, owner, monkeypatch):
    customers_of(owner, 6)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 6)

    def dies(*args, **kwargs):
        raise OSError("killed")

    with monkeypatch.context() as patch:
        patch.setattr("report_cards.actions.rounds.ring", dies)
        with pytest.raises(OSError, match="killed"):
            closed(round_)
    assert not mails()
    assert Round.objects.get().closed_at is None
    closed(round_)
    assert len(mails()) == 2


def test_too_few_are_mailed_nothing_but_that(card, owner):
    customers_of(owner, 2)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["poor", "poor"])
    closed(round_)
    assert "Too few customers have answered to say." in mails()[owner.email].text
    assert "0 %" not in mails()[owner.email].text.replace("80\u202f%", "").replace("\u202f", " ")
