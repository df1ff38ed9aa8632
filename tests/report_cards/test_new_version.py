"""A new version begins like the card it comes from, in a month for which it could be signed; versions side by side."""

import pytest

from report_cards.models import ReportCard

from .designing import as_shown


@pytest.fixture
def november(time_machine):
    time_machine.move_to("2026-11-24T09:30:00Z", tick=False)


@pytest.fixture
def version(signed_in, manager, month_round, november):
    """A draft from December on; October is drawn."""
    signed_in(manager).post(f"/report-cards/{month_round.card_id}/version/", {"first_month": "2026-12-01"})
    return ReportCard.objects.drafts().get()


def test_new_version(version, card):
    assert (version.year, version.version, f"{version.first_month}") == (2026, 2, "2026-12-01")
    fields = ("measure", "position", "key", "name", "question", "weight_bp", "target", "translations")
    assert list(version.behaviours.values(*fields)) == list(card.behaviours.values(*fields))


def test_only_months_that_could_be_signed_are_offered(signed_in, manager, card, month_round, november):
    page = signed_in(manager).get(f"/report-cards/{card.pk}/version/").text
    assert "October 2026" not in page
    assert "November 2026" in page
    refused = signed_in(manager).post(f"/report-cards/{card.pk}/version/", {"first_month": "2026-10-01"})
    assert "A version cannot begin in that month." in refused.text


def test_compare_cards(signed_in, manager, version, card):
    client = signed_in(manager)
    url = f"/report-cards/{version.pk}/change/"
    data = as_shown(client.get(url).context["page"]) | {"relationship-0-question": "Listens well before talking."}
    data |= {"relationship-0-weight": "55", "relationship-1-weight": "45", "secret_gathering-0-key": "another"}
    client.post(url, data)
    response = client.get(f"/report-cards/{version.pk}/compare/")
    assert response.context["other"] == card
    assert response.context["comparison"].counts == {"added": 1, "removed": 1, "changed": 2, "same": 0}
    assert "<ins>well</ins>" in response.text
    for words in ("+ added", "− removed", "wording, weight"):
        assert words in response.text
    assert client.get(f"/report-cards/{version.pk}/compare/?with=99999").status_code == 404


def test_one_card_has_nothing_beside_it(signed_in, manager, draft):
    assert "Nothing to compare with" in signed_in(manager).get(f"/report-cards/{draft.pk}/compare/").text


def test_the_signature_page_shows_what_changes(signed_in, executive, version):
    page = signed_in(executive).get(f"/report-cards/{version.pk}/sign/").text
    assert "What changes from Report card 2026, version 1" in page


def test_the_list_says_how_each_stands(signed_in, manager, version):
    response = signed_in(manager).get("/report-cards/")
    assert [card.version for card, _ in response.context["years"][0].cards] == [2, 1]
    page = response.text
    assert "In force" in page
    assert "to begin in December 2026" in page


def test_the_empty_list_says_what_to_do(signed_in, manager, owner):
    assert "Make the first card" in signed_in(manager).get("/report-cards/").text
    assert "No signed card yet" in signed_in(owner).get("/report-cards/").text
