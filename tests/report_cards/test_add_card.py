"""The designer without JavaScript: every button is a request of its own, and nothing typed is ever lost."""

from datetime import date
from decimal import Decimal

import pytest

from report_cards.models import Behaviour, ReportCard

from .designing import as_shown, filled, one, rows_of

DESIGNER = "/report-cards/designer/"


@pytest.fixture
def client(signed_in, manager):
    return signed_in(manager)


def press(client, button, data):
    """The page after one of the designer's buttons."""
    response = client.post(f"{DESIGNER}{button}/", data)
    assert response.status_code == 200
    return response.context["page"]


def test_add_card(client):
    french = "Fait ce qui a été dit."
    response = client.post(
        "/report-cards/add/", filled(relationship=[one(name="Calls back", french=french)]), follow=True
    )
    card = ReportCard.objects.get()
    assert response.redirect_chain == [(f"/report-cards/{card.pk}/", 302)]
    assert (card.year, card.version, card.first_month) == (2027, 1, date(2027, 1, 1))
    assert [(b.name, b.weight_bp, b.target) for b in card.behaviours.all()] == [
        ("Calls back", 10_000, Decimal("0.8")),
        ("Asks", 10_000, Decimal("0.8")),
    ]
    assert [b.translations for b in card.behaviours.all()] == [{"fr": french}, {}]


def test_a_whole_card_with_one_click(client):
    page = press(client, "starter/first-year", {"name": "Mine", "first_month": "2027-03"})
    assert rows_of(page, "relationship") == [("Listening", "40"), ("Keeping promises", "30"), ("Follow-up", "30")]
    assert (page.card["name"].value(), page.card["first_month"].value()) == ("Mine", "2027-03")
    client.post("/report-cards/add/", as_shown(page))
    assert Behaviour.objects.get(key="listening").translations["fr"].startswith("M’écoute")


def test_from_the_library_one_by_one(client):
    page = press(client, "relationship/take/listening", filled(relationship=[]))
    page = press(client, "relationship/take/honesty", as_shown(page))
    page = press(client, "relationship/take/follow-up", as_shown(page))
    assert rows_of(page, "relationship") == [("Listening", "34"), ("Honesty", "33"), ("Follow-up", "33")]
    # Twice is no use, and neither is one of the other measure.
    again = press(client, "relationship/take/honesty", as_shown(page))
    other = press(client, "relationship/take/discretion", as_shown(page))
    assert rows_of(again, "relationship") == rows_of(other, "relationship") == rows_of(page, "relationship")


def test_share_evenly_and_make_it_whole(client):
    rows = [one(name=name, weight=weight) for name, weight in (("A", "many"), ("B", "40"), ("C", ""))]
    page = press(client, "relationship/share", filled(relationship=rows))
    assert [weight for _, weight in rows_of(page, "relationship")] == ["34", "33", "33"]
    page = press(
        client, "relationship/fill", filled(relationship=[one(weight="20"), one(weight="20"), one(weight="10")])
    )
    assert [weight for _, weight in rows_of(page, "relationship")] == ["40", "40", "20"]
    locked = [one(weight="55.5", is_locked="on"), one(weight="10"), one(weight="10")]
    page = press(client, "relationship/fill", filled(relationship=locked))
    assert [weight for _, weight in rows_of(page, "relationship")] == ["55.5", "22.25", "22.25"]


def test_move_and_remove(client):
    rows = [one(name=name, weight=weight) for name, weight in (("A", "50"), ("B", "30"), ("C", "20"))]
    page = press(client, "relationship/2/up", filled(relationship=rows))
    assert [name for name, _ in rows_of(page, "relationship")] == ["A", "C", "B"]
    page = press(client, "relationship/0/down", as_shown(page))
    assert [name for name, _ in rows_of(page, "relationship")] == ["C", "A", "B"]
    page = press(client, "relationship/1/remove", as_shown(page))
    assert rows_of(page, "relationship") == [("C", "40"), ("B", "60")]
    for nowhere in ("relationship/9/remove", "relationship/0/up", "relationship/1/down"):
        assert rows_of(press(client, nowhere, as_shown(page)), "relationship") == [("C", "40"), ("B", "60")]
    assert client.post(f"{DESIGNER}nonsense/share/", filled()).status_code == 404


def test_six_is_the_limit(client):
    six = [one(name=f"B{n}", question=f"Does the thing {n}.", weight="16") for n in range(6)]
    page = press(client, "relationship/add", filled(relationship=six))
    assert len(rows_of(page, "relationship")) == 6
    seven = [*six, one(name="B7", question="Does the seventh thing.", weight="4")]
    response = client.post("/report-cards/add/", filled(relationship=seven))
    assert "Six behaviours at most; here are 7" in response.text
    assert len(rows_of(response.context["page"], "relationship")) == 7


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"target": "180"}, "less than or equal to 100"),
        ({"target": "a lot"}, "Enter a number."),
        ({"weight": ""}, "Say how much it weighs."),
        ({"weight": "60"}, "The weights sum to 60 %"),
        ({"weight": "33.333"}, "no more than 2 decimal places"),
        ({"question": "Good."}, "Write a whole sentence"),
        ({"question": ""}, "Fill this in, or remove the behaviour."),
        ({"french": "Bon."}, "Write a whole sentence"),
        ({"question": "Asks what we need."}, "Another behaviour of this card has this question already."),
        ({"name": "ASKS"}, "Another behaviour of this card has this name already."),
    ],
)
def test_bad_input_is_named_beside_the_field_and_kept(client, changed, told):
    response = client.post(
        "/report-cards/add/",
        filled(relationship=[one(name="Calls back", **{**changed})] if "name" not in changed else [one(**changed)]),
    )
    assert response.status_code == 200
    assert told in response.text
    assert "Not kept yet." in response.text
    form = response.context["page"].measures[0].forms[0]
    assert {name: form[name].value() for name in changed} == changed
    assert not ReportCard.objects.exists()


def test_a_comma_is_as_good_as_a_point(client):
    client.post(
        "/report-cards/add/",
        filled(
            relationship=[one(name="A", weight="99,5"), one(name="B", question="Does something else.", weight="0,5")]
        ),
    )
    assert [b.weight_bp for b in Behaviour.objects.filter(measure="relationship")] == [9950, 50]


def test_a_month_that_is_none_is_explained(client):
    response = client.post("/report-cards/add/", filled(first_month="soon"))
    assert "Write the month as 2027-01." in response.text
    assert response.context["page"].card["first_month"].value() == "soon"


def test_seconds_and_french_readers_are_told_while_typing(client, contact):
    contact.language = "fr"
    contact.save()
    page = client.post(f"{DESIGNER}check/", filled()).text
    assert "1 contact reads French" in page
    assert "Calls back" in page
    long = [one(name=f"B{n}", question="Does a great many things " * 7, weight="16") for n in range(6)]
    assert "More than half a minute" in client.post(f"{DESIGNER}check/", filled(relationship=long)).text


def test_htmx_gets_the_form_alone(client):
    response = client.post(f"{DESIGNER}relationship/add/", filled(), headers={"HX-Request": "true"})
    assert response.text.lstrip().startswith('<form id="designer"')
    assert "<html" not in response.text
