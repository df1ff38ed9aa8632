"""Links that lead to no questions say kindly why, and what they were sent all the same is refused or recorded once."""

import re

import pytest

from customers.models import Contact
from firm.models import Suppression
from report_cards import actions
from report_cards.models import Answer, Invitation, Quarantine, Response, ResponseVersion

from .conftest import TOKEN, closed
from .test_rate import ALL, text

pytestmark = pytest.mark.usefixtures("open_now")


def test_decline(client, rate_url, invitation, manager):
    page = client.post(f"{rate_url}not-you/")
    assert "Thank you for telling us" in text(page)
    first = Invitation.objects.get().declined_at
    assert first is not None
    client.post(f"{rate_url}not-you/")
    assert Invitation.objects.get().declined_at == first
    assert "belongs to somebody else" in manager.notifications.get(key__startswith="declined").text
    assert "Thank you for telling us" in text(client.get(rate_url))
    assert not Suppression.objects.exists()


def test_whoever_declined_may_answer_after_all(client, rate_url):
    client.post(f"{rate_url}not-you/")
    back = re.search(r'href="([^"]+again=1[^"]*)"', text(client.get(rate_url)))[1].replace("&amp;", "&")
    assert "Listens before talking." in text(client.get(back))
    client.post(rate_url, ALL)
    assert Invitation.objects.get().declined_at is None
    assert "You have answered already" in text(client.get(rate_url))


def test_not_you_after_an_answer_has_it_looked_at(client, rate_url):
    client.post(rate_url, ALL)
    assert "An answer was given with it." in text(client.get(f"{rate_url}not-you/"))
    assert "does not count until two people" in text(client.post(f"{rate_url}not-you/"))
    held = Quarantine.objects.get()
    assert (held.reasons, held.opened_by) == (["reported"], None)
    assert not Answer.objects.filter(is_counted=True).exists()


def test_unsubscribed(client, rate_url):
    client.post(f"{rate_url}unsubscribe/")
    page = text(client.get(rate_url))
    assert "You asked for no more of these" in page
    assert Invitation.objects.get().declined_at is not None
    assert "Listens before talking." in text(client.get(f"{rate_url}?again=1"))
    client.post(rate_url, ALL)
    assert Response.objects.count() == 1
    assert "You have answered already" in text(client.get(rate_url))


def test_one_click_after_an_answer_declines_nothing(client, rate_url):
    client.post(rate_url, ALL)
    client.post(f"{rate_url}unsubscribe/", {"List-Unsubscribe": "One-Click"})
    assert Invitation.objects.get().declined_at is None
    assert Suppression.objects.count() == 1


@pytest.mark.parametrize("state", ["held", "excluded"])
def test_held_back(client, rate_url, state):
    Invitation.objects.update(state=state, reason="held")
    for page in (client.get(rate_url), client.post(rate_url, ALL)):
        assert page.status_code == 403
        assert "This link is not in use" in text(page)
    assert not Response.objects.exists()


def test_a_held_back_invitation_takes_no_answer_from_anywhere(invitation):
    Invitation.objects.update(state="held", reason="held")
    with pytest.raises(actions.Refused):
        actions.record_response(invitation, actions.Rating(words={"listening": "good"}), at=invitation.sent_at)


def test_an_erased_customers_link(client, rate_url, customer):
    client.post(rate_url, ALL)
    actions.erase_answers(customer, contact=None)
    page = client.get(rate_url)
    assert page.status_code == 404
    assert "the link went with it" in text(page)
    assert client.post(rate_url, ALL).status_code == 404
    assert "Judith" not in text(page)


def test_used_and_closed(client, rate_url, month_round):
    client.post(rate_url, ALL)
    closed(month_round)
    page = client.get(rate_url)
    assert page.status_code == 410
    assert "Yours is in, thank you." in text(page)
    late = text(client.post(rate_url, ALL))
    assert "What you just sent came too late and was not recorded. The answer you gave before counts." in late
    assert client.post(f"{rate_url}not-you/").status_code == 410
    assert client.post(f"{rate_url}opened/").status_code == 204
    assert Invitation.objects.get().opened_at is None


@pytest.mark.parametrize("token", ["x", "%00", "%ED%A0%80", "a" * 4000, "..%2f..%2f", TOKEN.upper(), f"{TOKEN}t"])
def test_wrong_links(client, invitation, token):
    for path in (f"/r/{token}/", f"/r/{token}/unsubscribe/"):
        assert client.get(path).status_code == 404
        assert client.post(path, ALL).status_code == 404


def test_opened_is_noted_once_by_a_post_and_never_by_looking(client, rate_url):
    client.get(rate_url)
    assert client.get(f"{rate_url}opened/").status_code == 405
    assert client.head(f"{rate_url}opened/").status_code == 405
    assert Invitation.objects.get().opened_at is None
    assert client.post(f"{rate_url}opened/").status_code == 204
    first = Invitation.objects.get().opened_at
    assert first is not None
    client.post(f"{rate_url}opened/")
    assert Invitation.objects.get().opened_at == first
    assert not Response.objects.exists()


FORGED = {
    "an unknown behaviour": {"word-of-another-card": "good"},
    "a word off the scale": {"word-listening": "perfect"},
    "a number off the scale": {"likely": "11", "word-listening": "good", "was_pressed": "yes"},
    "a NUL byte": {"word-listening": "good", "comment": "a\0b"},
    "a NUL word": {"word-listening": "good\0"},
    "a long comment": {"word-listening": "good", "comment": "x" * 2001},
    "a long reason": {"word-listening": "good", "why-listening": "x" * 2001},
    "who may see": {"word-listening": "good", "who_may_see": "everybody"},
}


@pytest.mark.parametrize("said", FORGED.values(), ids=FORGED)
def test_forged_fields(client, rate_url, said):
    status = client.post(rate_url, said).status_code
    if "likely" in said:
        # Not asked this month, nor of this customer: passed over.
        response = Response.objects.get()
        assert (status, response.likely, response.was_pressed) == (302, None, None)
    else:
        assert status == 422
        assert not Response.objects.exists()


def test_fields_of_the_server_cannot_be_sent(client, rate_url, invitation):
    client.post(
        rate_url, {"word-listening": "good", "is_counted": "", "version": "9", "salesperson": "1", "month": "x"}
    )
    answer = Answer.objects.get()
    assert (answer.salesperson_id, answer.month, answer.is_counted) == (
        invitation.salesperson_id,
        invitation.round.month,
        True,
    )


def test_ten_megabytes_are_refused_kindly(client, rate_url):
    page = client.post(
        rate_url, "word-listening=good&comment=" + "x" * 10_000_000, content_type="application/x-www-form-urlencoded"
    )
    assert page.status_code == 413
    assert "under 2,000 characters" in text(page)
    assert client.post(rate_url, {f"f{n}": "" for n in range(2000)}).status_code == 400
    assert not Response.objects.exists()


def test_errors_stand_beside_their_field(client, rate_url):
    page = text(client.post(rate_url, {"word-listening": "good", "why-listening": "x" * 2001, "comment": "Kept."}))
    assert "Not sent yet." in page
    assert re.search(r'class="error" id="id_why-listening_error">Ensure this value has at most 2000', page)
    assert 'aria-describedby="id_why-listening_error"' in page
    assert "Kept." in page


def test_replays_and_double_submits_leave_one_version(client, rate_url):
    for _ in range(5):
        assert client.post(rate_url, ALL).status_code == 302
    assert ResponseVersion.objects.count() == 1


def test_was_anyone_pressed_is_asked_of_the_sample_only(client, rate_url):
    assert "Did anyone ask you for a good score?" not in text(client.get(rate_url))
    Invitation.objects.update(asks_pressure=True)
    page = text(client.get(rate_url))
    assert "Did anyone ask you for a good score?" in page
    assert "5 of 5" in page
    client.post(rate_url, {"was_pressed": "yes"})
    assert Response.objects.get().was_pressed is True
    assert ResponseVersion.objects.get().content["was_pressed"] is True
    assert re.search(r'name="was_pressed" value="yes"[^>]* checked', text(client.get(rate_url)))


def test_the_contact_may_be_gone(client, rate_url):
    Contact.objects.all().delete()
    assert client.post(rate_url, ALL).status_code == 302
