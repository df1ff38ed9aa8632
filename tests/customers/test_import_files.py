"""Which files are refused, which rows are bad."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.files import MOST_BYTES, FileRefused, read_rows, safe_cell
from customers.rules.line import circular, team_name
from customers.rules.rows import CUSTOMERS, SALES, BadRow, customer_row, sale_row

TODAY = date(2026, 11, 24)
SALE = {
    "order_number": "1",
    "customer_code": "ALDOUS",
    "salesperson_email": "Mark@fairwater.example",
    "ordered_on": "2026-11-02",
    "shipped_on": "",
    "amount": "-440.5",
    "currency": "EUR",
}


def rows(text):
    return read_rows(text if isinstance(text, bytes) else text.encode(), required=("a", "b"), optional=("c",))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        ("a,b\nü,1\n".encode("latin-1"), "Line 2 is not UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "UTF-16"),
        (b"a;b\n1;2\n", "not separated by commas"),
        (b"a\n1\n", "lacks the column b"),
        (b"a,b,d\n1,2,3\n", "unknown column: d"),
        (b"a,b,\n1,2,3\n", "unknown column: \\(no name\\)"),
        (b"a,b,a\n1,2,3\n", "same column twice"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "quote opened on line 3"),
        (b"a,b\n" + b"x" * MOST_BYTES, "larger than 20 MB"),
        (b"\x00a,b\n1,2\n", "lacks the column a"),
    ],
)
def test_unusable_files_are_refused_with_a_reason(content, words):
    with pytest.raises(FileRefused, match=words):
        rows(content)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1", "has 1 cells where the header has 2"),
        ("1,2,3", "has 3 cells where the header has 2"),
        ("1,\x00", "b holds a control character"),
        ('1,"2"x', "can't be read: ',' expected after '\"'"),
        (f"1,{'x' * 200_000}", "can't be read: field larger than field limit (131072)"),
    ],
)
def test_one_bad_row_leaves_the_others(line, reason):
    found = rows(f"a,b\n0,0\n{line}\n9,9\n")
    assert [(row.line, row.reason) for row in found] == [(2, ""), (3, reason), (4, "")]


def test_header_and_cells_are_trimmed_and_blank_lines_skipped():
    found = rows(b"\xef\xbb\xbf A ,b\r\n\r\n x , \r\n")
    assert [(row.line, row.cells) for row in found] == [(3, {"a": "x", "b": ""})]


def test_line_numbers_follow_cells_of_several_lines():
    found = rows('a,b\n"1\n2",3\n4\n')
    assert [(row.line, row.cells["a"], bool(row.reason)) for row in found] == [(2, "1 2", False), (4, "4", True)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with suppress(FileRefused):
        assert all(row.line > 1 for row in rows(b"a,b\n" + content))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"amount": "1,5"}, "amount “1,5” is not a number"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"amount": ""}, "amount"),
        ({"amount": "٣"}, "amount"),
        ({"currency": "eur"}, "currency “eur”"),
        ({"ordered_on": "02.11.2026"}, "ordered_on “02.11.2026” is not a day"),
        ({"ordered_on": "2026-02-30"}, "ordered_on"),
        ({"ordered_on": "2026-11-25"}, "lies in the future"),
        ({"ordered_on": ""}, "ordered_on is missing"),
        ({"shipped_on": "2026-11-01"}, "shipped_on lies before ordered_on"),
        ({"order_number": "x" * 41}, "order_number is longer than 40"),
        ({"salesperson_email": "mark"}, "salesperson_email “mark” is not an e-mail address"),
        ({"customer_code": ""}, "customer_code is missing"),
    ],
)
def test_bad_sales(change, reason):
    with pytest.raises(BadRow, match=reason):
        sale_row(SALE | change, today=TODAY)


def test_a_reversal_is_negative_and_addresses_lose_their_case():
    record = sale_row(SALE, today=TODAY)
    assert (str(record.amount), record.salesperson_email) == ("-440.5", "mark@fairwater.example")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"contact_email": "a@b.example"}, "no contact_name"),
        ({"owned_since": "2026-01-01"}, "no owner_email"),
        ({"owner_email": "a@b.example", "owned_since": "2026-11-25"}, "in the future"),
    ],
)
def test_bad_customers(cells, reason):
    with pytest.raises(BadRow, match=reason):
        customer_row({"customer_code": "A", "name": "Aldous"} | cells, today=TODAY)


def test_columns_of_northwind_are_ours():
    assert {"customer_code", "owned_since"} <= {*CUSTOMERS[0], *CUSTOMERS[1]}
    assert {"shipped_on", "currency"} <= {*SALES[0], *SALES[1]}


def test_cells_are_no_formulas():
    assert [safe_cell(cell) for cell in ("=1+1", "+1", "-1", "@x", "\tx", "1", "")] == [
        "'=1+1",
        "'+1",
        "'-1",
        "'@x",
        "'\tx",
        "1",
        "",
    ]


def test_circles_of_managers():
    assert circular({"a": "b", "b": "c", "c": "b", "d": "d", "e": ""}) == {"b", "c", "d"}
    assert circular({"a": "b", "c": "b"}) == set()


def test_team_names_do_not_collide():
    assert team_name("Andrew Fuller", {"andrew fuller's team", "andrew fuller's team 2"}) == "Andrew Fuller's team 3"
