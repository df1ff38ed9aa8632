"""Comments: by consent, searched by their words, filtered, paged; their order tells nothing."""

import re

import pytest

from report_cards import actions, queries
from report_cards.models import Invitation, Quarantine, Response, Round

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, answer_all, closed, customers_of

SAID = [
    ("salesperson", "Always listens, never pushes"),
    ("manager", "Forgot our anniversary order"),
    ("nobody", "Too many brochures"),
    ("salesperson", "Brought the café owner’s idea"),
    ("nobody", "Always listens, never pushes"),
]


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def heard(card, owner):
    """Six customers answered; five of them wrote something, with three kinds of consent."""
    customers_of(owner, 6)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 6)
    asked = Invitation.objects.filter(round=round_).select_related("round", "salesperson").order_by("id")
    for invitation, (who, words) in zip(asked, SAID, strict=False):
        rating = actions.Rating(
            words={"listening": "good"}, reasons={"listening": f"{words} (why)"}, comment=words, who_may_see=who
        )
        actions.record_response(invitation, rating, at=ANSWERED_AT)
    return closed(round_)


def texts(people, **filters):
    with queries.forgiving():
        return [row["comment"] for row in queries.find_comments([one.pk for one in people], **filters)]


def test_manager_only_stays_with_the_manager(heard, owner, manager, signed_in):
    own, team = signed_in(owner).get("/results/comments/"), signed_in(manager).get("/results/team/comments/")
    assert "anniversary" not in text(own)
    assert "anniversary" in text(team)
    assert "10 comments" in text(team)
    assert "8 comments" in text(own)


def test_nobody_shows_without_a_name(heard, owner, signed_in):
    shown = text(signed_in(owner).get("/results/comments/"))
    assert "Too many brochures" in shown
    assert "Contact 00000, Customer 00000" in shown
    for hidden in ("Contact 00001", "Contact 00002", "Contact 00004"):
        assert hidden not in shown


def test_words_are_found_misspelt_too(heard, owner):
    assert len(texts([owner], for_manager=True, text="brochures")) == 2
    assert len(texts([owner], for_manager=True, text="broshures")) == 2
    assert len(texts([owner], for_manager=True, text="cafe idea")) == 2
    assert texts([owner], for_manager=True, text="zeppelin") == []


def test_names_are_never_searched(heard, owner):
    assert texts([owner], for_manager=True, text="Contact 00002") == []


def test_filters(heard, owner, signed_in):
    assert all(words.endswith("(why)") for words in texts([owner], for_manager=True, about="listening"))
    assert not any(words.endswith("(why)") for words in texts([owner], for_manager=True, about="end"))
    other = Round.objects.create(month=OCTOBER.replace(month=9), card=heard.card, drawn_at=DRAWN_AT, closes_at=DRAWN_AT)
    assert texts([owner], for_manager=True, round_=other) == []
    assert len(texts([owner], for_manager=True, round_=heard)) == 10
    client = signed_in(owner)
    assert "8 comments" in text(client.get("/results/comments/?month=nonsense&about=nothing&person=9"))
    nothing = client.get("/results/comments/?q=zeppelin").content.decode()
    assert "Nothing in this month" in nothing
    assert 'href="?q=zeppelin&amp;month=all"' in nothing
    assert "Nothing like that" in text(client.get("/results/comments/?q=zeppelin&month=all"))


def test_a_manager_chooses_among_their_own_people(heard, owner, outsider, manager, signed_in):
    client = signed_in(manager)
    assert "10 comments" in text(client.get(f"/results/team/comments/?person={owner.pk}"))
    assert "10 comments" in text(client.get(f"/results/team/comments/?person={outsider.pk}"))
    assert "0 comments" in text(signed_in(outsider.team.manager).get("/results/team/comments/"))


def test_order_tells_nothing(heard, owner):
    """The same words in any order of answering give the same list."""
    found = texts([owner], for_manager=True)
    assert [words.lower() for words in found] == sorted(words.lower() for words in found)


def test_a_quarantined_comment_is_not_shown(heard, owner):
    response = Response.objects.get(comment="Too many brochures")
    Quarantine.objects.create(response=response, reasons=["reported"], opened_at=ANSWERED_AT)
    Response.objects.filter(pk=response.pk).update(is_counted=False)
    response.answers.update(is_counted=False)
    actions.tally_missing(at=ANSWERED_AT)
    assert texts([owner], for_manager=True, text="brochures") == []


def test_under_five_customers_nothing_shows(card, owner):
    customers_of(owner, 4)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["good"] * 4, comment="Held back", who_may_see="salesperson")
    closed(round_)
    assert texts([owner], for_manager=True) == []


def test_pages_take_the_same_queries_however_many(heard, owner, signed_in, django_assert_max_num_queries):
    client = signed_in(owner)
    client.get("/results/comments/?q=brochures")
    with django_assert_max_num_queries(14) as few:
        client.get("/results/comments/?q=brochures")
    with django_assert_max_num_queries(14) as many:
        client.get("/results/comments/")
    assert len(few) == len(many)
