"""Contact files: valid, folded, escaped, and only of people one sees."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.actions import add_contact, change_contact, remove_contact
from customers.rules.vcard import Card, Day, Reach, escape, fold, vcards
from tests.conftest import NOW


def unfolded(content):
    return re.sub(r"\r\n[ \t]", "", content.decode()).split("\r\n")


@pytest.fixture
def full(contact, owner):
    rows = [
        {"kind": "email", "value": "j@home.example", "label": "home"},
        {"kind": "phone", "value": "+49 170 5550199", "label": "Mobile, private"},
    ]
    days = [
        {"kind": "birthday", "label": "", "month": 2, "day": 29, "year": None, "days_before": 7},
        {"kind": "anniversary", "label": "", "month": 5, "day": 1, "year": 1999, "days_before": 7},
        {"kind": "other", "label": "Fair", "month": 5, "day": 1, "year": 1999, "days_before": 7},
    ]
    return change_contact(contact, points=rows, occasions=days, acting_user=owner, at=NOW)


def test_one_person(signed_in, owner, full):
    response = signed_in(owner).get(f"/customers/contacts/{full.pk}/card.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="Judith Aldous.vcf"'
    assert unfolded(response.content) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"UID:rapport-contact-{full.pk}",
        "FN:Judith Aldous",
        "N:Aldous;Judith;;;",
        "ORG:Aldous & Daughter",
        "TITLE:Founder",
        "EMAIL;TYPE=INTERNET,WORK,PREF:judith@aldous.example",
        "TEL;TYPE=WORK,PREF:+49 431 555-0101",
        "EMAIL;TYPE=INTERNET,HOME:j@home.example",
        "TEL;TYPE=CELL:+49 170 5550199",
        "ADR;TYPE=WORK:;;;Kiel;;;",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29",
        "X-ANNIVERSARY:1999-05-01",
        "END:VCARD",
        "",
    ]


def test_everybody_at_a_customer(signed_in, owner, full, queries_of):
    told = {"acting_user": owner, "at": NOW}
    remove_contact(add_contact(full.customer, name="Gone", **told), **told)
    add_contact(full.customer, name="Žoë; the, \\last\r\nBEGIN:VCARD", **told)
    client, url = signed_in(owner), f"/customers/{full.customer_id}/contacts.vcf"
    lines = unfolded(client.get(url).content)
    assert lines.count("BEGIN:VCARD") == lines.count("END:VCARD") == 2
    assert r"FN:Žoë\; the\, \\last\nBEGIN:VCARD" in lines
    few = queries_of(client, url)
    for number in range(19):
        add_contact(full.customer, name=f"P{number}", **told)
    assert queries_of(client, url) == few


def test_the_invisible_have_no_file(signed_in, outsider, full):
    assert signed_in(outsider).get(f"/customers/contacts/{full.pk}/card.vcf").status_code == 404
    assert signed_in(outsider).get(f"/customers/{full.customer_id}/contacts.vcf").status_code == 404


@given(st.text())
def test_a_value_stays_on_its_line(value):
    assert not re.search(r"[\r\n]", escape(value))
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", escape(value))


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=400))
def test_folded_lines_are_short_whole_letters_and_unfold_to_what_they_were(line):
    folded = fold(line)
    assert all(len(piece) <= 75 for piece in folded.removesuffix(b"\r\n").split(b"\r\n"))
    assert all(piece.decode() is not None for piece in folded.split(b"\r\n"))
    assert folded.decode().removesuffix("\r\n").replace("\r\n ", "") == line


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_nobody_writes_a_second_card_into_a_field(name, value):
    card = Card(uid="1", name=name, title=value, reach=[Reach("phone", value, value)], days=[Day("birthday", 1, 2)])
    lines = unfolded(vcards([card]))
    assert [line for line in lines if line.startswith(("BEGIN", "END"))] == ["BEGIN:VCARD", "END:VCARD"]
    assert len(lines) <= 10
