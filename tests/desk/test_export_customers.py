"""The list as a file: as filtered, as seen, no formula in it, and written down who took it."""

import csv
import io
from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from customers.actions import add_contact, add_customer, add_tag
from customers.models import Customer
from desk.models import Export
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.conftest import NOW

EVIL = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\tTab", "\rReturn"]


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(NOW)


def rows(client, query=""):
    data = b"".join(client.get(f"/customers/export.csv{query}").streaming_content)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_what_a_row_holds(customer, owner, signed_in):
    add_tag(customer, name="Fair")
    add_tag(customer, name="Wholesale")
    assert rows(signed_in(owner)) == [
        {
            **dict.fromkeys(("address", "postal_code", "region", "country", "last_contact", "next_promise"), ""),
            **{"code": "ALDOUS", "name": "Aldous & Daughter", "kind": "organisation", "tier": "standard"},
            **{"city": "Kiel", "owner": "Mark Carver", "team": "North Harbour", "contact": "Judith Aldous"},
            **{
                "contact_email": "judith@aldous.example",
                "contact_phone": "'+49 431 555-0101",
                "tags": "Fair, Wholesale",
            },
        }
    ]


def test_no_cell_is_a_formula(owner, signed_in):
    for evil in EVIL:
        one = Customer.objects.create(name=evil, city=evil, code=evil, address=evil, owner=owner)
        add_contact(one, name=evil, phone=evil, acting_user=owner, at=NOW)
        add_tag(one, name=evil.strip())
    for row in rows(signed_in(owner)):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_only_what_the_reader_sees_and_no_secret(customer, owner, outsider, service_agent, executive, signed_in):
    told = {"category": Category.objects.get(key="dream"), "sensitivity": "shared", "audiences": ["sales"]}
    log_secret(customer, text="canary", acting_user=owner, at=NOW, **told)
    assert rows(signed_in(outsider)) == []
    assert [row["name"] for row in rows(signed_in(service_agent))] == ["Aldous & Daughter"]
    assert "canary" not in str(rows(signed_in(owner)))
    assert signed_in(executive).get("/customers/export.csv").status_code == 403


def test_as_filtered_and_sorted_and_written_down(customer, owner, administrator, signed_in):
    for name in ("Aldo", "Bert", "Carl"):
        add_customer(name=name, owner=owner, tier="high_value", acting_user=owner, at=NOW)
    found = rows(signed_in(owner), "?tier=high_value&sort=-name&page=7")
    assert [row["name"] for row in found] == ["Carl", "Bert", "Aldo"]
    noted = Export.objects.get()
    assert (noted.user, noted.what, noted.query, noted.rows) == (owner, "customers", "tier=high_value&sort=-name", 3)
    page = signed_in(administrator).get("/exports/").text
    assert "Mark Carver" in page
    assert "Tier: high value · sort: -name" in page
    for write in (Export.objects.update, Export.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            write(**({"rows": 0} if write == Export.objects.update else {}))


def test_filters_are_told_in_words(customer, owner, team, administrator, signed_in):
    tag, _ = add_tag(customer, name="Fair & winter")
    signed_in(owner).get(f"/customers/export.csv?q=Gr%C3%BCnwald+%26+Co&tag={tag.pk}&team={team.pk}&owner=99999")
    page = unescape(signed_in(administrator).get("/exports/").text)
    assert f"“Grünwald & Co” · Tags: Fair & winter · Team: {team.name} · Owner: 99999" in page


def test_queries_grow_with_chunks_not_with_rows(owner, signed_in):
    client = signed_in(owner)
    counts = []
    for more in (1, 480):
        Customer.objects.bulk_create([Customer(name=f"C{number}", owner=owner) for number in range(more)])
        with CaptureQueriesContext(connection) as context:
            rows(client)
        counts.append(len(context))
    assert counts[0] == counts[1]
