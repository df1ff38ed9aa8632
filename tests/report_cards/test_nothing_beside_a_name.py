"""Every page, file and resource of report cards is opened: nowhere stands a rating beside a customer's name."""

import re

import pytest

from report_cards import actions, urls
from report_cards.models import Invitation, Response
from tests.api import Api
from tests.secrets_manual.pdf import pages_of

from .conftest import ANSWERED_AT, DRAWN_AT, OCTOBER, answer_all, closed, customers_of

SCALE = re.compile(r"\b(poor|fair|average|excellent|can.t judge|cant_judge)\b", re.I)
NAMED = re.compile(r"Customer \d{5}|Contact \d{5}|c\d+@example\.org")
PLANTED = "planted words"


@pytest.fixture
def answered(card, owner):
    """Eight customers rate the owner poor; half of them write something nobody may see with their name."""
    customers_of(owner, 8)
    round_ = actions.draw_round(OCTOBER, at=DRAWN_AT)
    answer_all(round_, ["poor"] * 8)
    asked = Invitation.objects.filter(round=round_).select_related("round", "salesperson").order_by("id")
    for number, invitation in enumerate(asked):
        rating = actions.Rating(
            words={"listening": "poor", "asks-about-my-world": "excellent"},
            reasons={"listening": f"{PLANTED} about listening {number}"},
            comment=f"{PLANTED} {number}",
            who_may_see="salesperson" if number % 2 else "nobody",
        )
        actions.record_response(invitation, rating, at=ANSWERED_AT)
    return closed(round_)


def addresses(round_, owner):
    """Every address of report cards without a token, tried with the id of every kind of thing.

    Of answers and invitations two each: one whose words may be shown with a name, one whose may not.
    """
    ids = {round_.pk, round_.card_id, owner.pk}
    for rows in (Response.objects.order_by("pk"), Invitation.objects.order_by("pk")):
        ids |= set(rows.values_list("pk", flat=True)[:2])
    for pattern in urls.urlpatterns:
        path = str(pattern.pattern)
        if "<int:pk>" in path and path.count("<") == 1:
            yield from ("/" + path.replace("<int:pk>", str(pk)) for pk in sorted(ids))
        elif "<" not in path:
            yield f"/{path}"


def words_of(response):
    if response.get("Content-Type", "").startswith("application/pdf"):
        return " ".join(pages_of(response.content))
    content = b"".join(response) if response.streaming else response.content
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


@pytest.mark.parametrize("who", ["owner", "manager", "executive", "colleague"])
def test_no_rating_beside_a_name(who, answered, owner, signed_in, request):
    client = signed_in(request.getfixturevalue(who))
    opened = 0
    for address in addresses(answered, owner):
        response = client.get(address)
        if response.status_code != 200:
            continue
        opened += 1
        words = words_of(response)
        for name in NAMED.finditer(words):
            around = words[max(0, name.start() - 90) : name.end() + 90]
            assert not SCALE.search(around), f"{address}: {around}"
        for number in range(0, 8, 2):
            at = words.find(f"{PLANTED} {number}")
            assert at < 0 or not NAMED.search(words[at : at + 90].split(PLANTED)[1]), address
    assert opened >= (10 if who in {"owner", "manager"} else 3)


@pytest.mark.parametrize("who", ["owner", "manager"])
def test_no_name_in_the_api(who, answered, owner, request):
    api = Api(request.getfixturevalue(who), "results:read", "rounds:read")
    for path in ("results/", "results/team/", "rounds/", f"rounds/{answered.pk}/", f"rounds/{answered.pk}/progress/"):
        words = api.get(path).content.decode()
        assert not NAMED.search(words)
        assert PLANTED not in words


def test_the_dossier_says_asked_and_answered_only(answered, owner, signed_in):
    customer = owner.owned_customers.first() if hasattr(owner, "owned_customers") else None
    customer = customer or Invitation.objects.filter(round=answered).first().customer
    client = signed_in(owner)
    for address in (f"/customers/{customer.pk}/", f"/customers/{customer.pk}/rest/"):
        words = words_of(client.get(address))
        assert PLANTED not in words
        assert not SCALE.search(words)
