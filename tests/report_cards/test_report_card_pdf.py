"""A card on paper: what is asked and aimed for, and whose name stands under it since when."""

from report_cards.card_paper import BESIDE
from tests.secrets_manual.pdf import pages_of


def words_of(client, card):
    response = client.get(f"/report-cards/{card.pk}/pdf/")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="report-card-2026-version-1.pdf"'
    return pages_of(response.content)


def test_report_card_pdf(card, owner, manager, executive, signed_in):
    pages = words_of(signed_in(owner), card)
    signed = f"Signed off by {executive.name}, 20 December 2025, 01:00 CET."
    assert all(signed in page for page in pages), "the signature is not on every page"
    (page,) = pages
    for told in (
        "Report card 2026, version 1",
        "It never changes.",
        f"{manager.name}, 10 December 2025",
        "page 1 of 1",
    ):
        assert told in page
    for told in (
        "Listening",
        "Listens before talking.",
        "60%",
        "80%",
        "Asks about my world first.",
        "75%",
    ):
        assert told in page
    assert "poor, fair, average, good, excellent" in page


def test_a_draft_says_that_nobody_signed_it(draft, manager, signed_in):
    (page,) = words_of(signed_in(manager), draft)
    assert "A draft, not signed off." in page
    assert "It never changes" not in page


def test_the_french_wording_stands_below(draft, manager, signed_in):
    draft.behaviours.filter(key="listening").update(translations={"fr": "Écoute avant de parler."})
    (page,) = words_of(signed_in(manager), draft)
    assert "Écoute avant de parler." in page


def test_it_asks_in_the_words_of_the_rating_page(client, rate_url, invitation, open_now):
    """The paper promises what the page asks; October is no end of a quarter and not of the sample."""
    page = client.get(rate_url).text
    for question, _ in BESIDE[:2]:
        for part in question.split("…"):
            assert part.strip() in page, question


def test_the_paper_of_a_full_card(manager, signed_in, draft):
    """Six behaviours a measure and the longest questions still fit."""
    behaviours = draft.behaviours
    for measure in ("relationship", "secret_gathering"):
        behaviours.filter(measure=measure).exclude(position=1).delete()
        first = behaviours.get(measure=measure)
        first.weight_bp = 2000
        first.save()
        for place in range(2, 7):
            behaviours.create(
                measure=measure,
                position=place,
                key=f"{measure}-{place}",
                name="N" * 60,
                question="Asks " * 39,
                weight_bp=1600,
                target="0.8",
            )
    pages = words_of(signed_in(manager), draft)
    assert sum(page.count("16%") for page in pages) == 10
