"""A customer's opt-out is theirs alone: only their own link takes it back."""

import pytest
from django.db import InternalError, transaction
from django.utils.translation import override

from firm.actions import suppress
from firm.models import Suppression
from report_cards.models import MailEvent

from .conftest import ANSWERED_AT, TOKEN

pytestmark = pytest.mark.usefixtures("open_now", "invitation")
JUDITH = "judith@aldous.example"


def test_ask_again(client):
    page = client.post(f"/r/{TOKEN}/unsubscribe/").content.decode()
    assert f'action="/r/{TOKEN}/ask-again/"' in page
    answer = client.post(f"/r/{TOKEN}/ask-again/")
    assert "You will be asked again" in answer.content.decode()
    assert not Suppression.objects.exists()
    event = MailEvent.objects.get()
    assert (event.kind, event.address, event.at) == ("asked_again", JUDITH, ANSWERED_AT)


def test_a_scanner_takes_nothing_back(client):
    client.post(f"/r/{TOKEN}/unsubscribe/")
    assert client.get(f"/r/{TOKEN}/ask-again/").status_code == 405
    assert Suppression.objects.exists()


def test_it_works_after_the_round(client, month_round, time_machine):
    time_machine.move_to(month_round.closes_at.replace(day=28), tick=False)
    client.post(f"/r/{TOKEN}/unsubscribe/")
    assert client.post(f"/r/{TOKEN}/ask-again/").status_code == 200
    assert not Suppression.objects.exists()


def test_a_bounce_is_not_the_customers_to_lift(client):
    suppress(JUDITH, reason=Suppression.Reason.BOUNCE)
    client.post(f"/r/{TOKEN}/ask-again/")
    assert Suppression.objects.get().reason == "bounce"
    assert not MailEvent.objects.exists()


def test_what_the_person_says_outweighs_a_bounce(client):
    suppress(JUDITH, reason=Suppression.Reason.BOUNCE)
    client.post(f"/r/{TOKEN}/unsubscribe/")
    suppress(JUDITH.upper(), reason=Suppression.Reason.BOUNCE)
    assert Suppression.objects.get().reason == "unsubscribed"


@pytest.mark.parametrize("reason", ["unsubscribed", "complaint"])
def test_the_database_lets_nobody_else_lift_it(reason):
    suppress(JUDITH, reason=reason)
    rows = Suppression.objects.filter(address=JUDITH)
    for change in (rows.delete, lambda: rows.update(reason="bounce"), lambda: rows.update(address="x@y.example")):
        with pytest.raises(InternalError), transaction.atomic():
            change()
    assert rows.get().reason == reason


def test_staff_cannot_even_try(signed_in, owner):
    suppress(JUDITH, reason=Suppression.Reason.UNSUBSCRIBED)
    assert signed_in(owner).post(f"/r/{TOKEN}/ask-again/").status_code == 403
    assert Suppression.objects.exists()


def test_in_french(client, invitation):
    invitation.language = "fr"
    invitation.save()
    with override(None):
        page = client.post(f"/r/{TOKEN}/unsubscribe/").content.decode()
    assert "Je veux de nouveau" in page
