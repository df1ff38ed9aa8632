"""What a customer gets, shown and mailed to oneself: nothing is recorded, nobody is asked, no link is made."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from firm.models import OutboxMail
from report_cards import actions
from report_cards.models import Invitation, InvitationToken, Response, Round

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def french(draft):
    """A draft whose first question is in French, too."""
    draft.behaviours.filter(key="listening").update(translations={"fr": "Écoute avant de parler."})
    return draft


@pytest.fixture
def nothing_recorded(db):
    yield
    for model in (Round, Invitation, InvitationToken, Response):
        assert not model.objects.exists()


@pytest.fixture
def client(signed_in, manager, nothing_recorded):
    return signed_in(manager)


def test_preview_card(client, french):
    page = client.get(f"/report-cards/{french.pk}/preview/").text
    assert f'src="/report-cards/{french.pk}/preview/en/mail/" sandbox="allow-same-origin"' in page
    assert f'src="/report-cards/{french.pk}/preview/en/" sandbox="allow-same-origin allow-forms"' in page
    page = client.get(f"/report-cards/{french.pk}/preview/?language=fr").text
    assert "In English for want of a French wording: Keeping promises, Asks about my world." in page


def test_the_frames_have_policies_of_their_own(client, french):
    mail = client.get(f"/report-cards/{french.pk}/preview/en/mail/")
    rating = client.get(f"/report-cards/{french.pk}/preview/en/")
    around = client.get(f"/report-cards/{french.pk}/preview/")
    for response in (mail, rating):
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert re.search(r"style-src 'sha256-[\w+/]{43}='", mail.headers["Content-Security-Policy"])
    assert "frame-src 'self'" in around.headers["Content-Security-Policy"]
    assert around.headers["X-Frame-Options"] == "DENY"


def test_the_visit_in_french_records_nothing(client, french):
    url = f"/report-cards/{french.pk}/preview/fr/"
    page = client.get(f"{url}?word-listening=good").text
    assert '<html lang="fr"' in page
    assert "Écoute avant de parler." in page
    assert f'action="{url}"' in page
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"word-listening": "good"}).status_code == 200
    assert client.get(f"{url}not-you/").status_code == 200
    assert client.post(f"{url}unsubscribe/").status_code == 200


def test_languages_and_empty_cards_without_a_preview(client, french):
    assert client.get(f"/report-cards/{french.pk}/preview/xx/").status_code == 404
    french.behaviours.all().delete()
    assert "Nothing to show yet" in client.get(f"/report-cards/{french.pk}/preview/").text
    assert client.get(f"/report-cards/{french.pk}/preview/en/mail/").status_code == 404


def test_send_test(client, french, manager, settings):
    response = client.post(f"/report-cards/{french.pk}/preview/test/", {"language": "fr"})
    assert response.url == f"/report-cards/{french.pk}/preview/?language=fr"
    mail = OutboxMail.objects.get()
    assert mail.to == manager.email
    assert mail.subject.startswith("TEST: ")
    assert "Écoute avant de parler." in mail.html
    link = f"{settings.ORIGIN}/report-cards/{french.pk}/preview/fr/"
    assert set(re.findall(r'href="([^"?]*)', mail.html)) == {link, f"{link}unsubscribe/"}
    assert mail.text.startswith("ESSAI")


def test_six_an_hour(french, manager, nothing_recorded):
    told = {"language": "en", "acting_user": manager}
    mails = [actions.send_test(french, **told, at=AT) for _ in range(6)]
    OutboxMail.objects.update(created_at=AT)
    with pytest.raises(ValidationError, match="Six test mails in an hour"):
        actions.send_test(french, **told, at=AT + timedelta(minutes=59))
    actions.send_test(french, **told, at=AT + timedelta(minutes=61))
    assert len(mails) == 6


def test_who_does_not_make_cards_mails_none(signed_in, owner, card):
    assert signed_in(owner).get(f"/report-cards/{card.pk}/preview/").status_code == 200
    assert signed_in(owner).post(f"/report-cards/{card.pk}/preview/test/").status_code == 403
