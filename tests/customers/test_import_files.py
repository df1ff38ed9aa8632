"""Which files are refused, which rows are bad."""

import io
import time
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.rules.files import MOST_BYTES, FileRefused, open_table, safe_cell
from customers.rules.headings import own_columns
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


def table(content):
    return open_table(io.BytesIO(content if isinstance(content, bytes) else content.encode()))


def rows(content):
    return list(table(content).rows)


def zipped():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", b"0" * 10_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf  \n", "empty"),
        (b"a,b\n" + b"x" * MOST_BYTES, "larger than 25 MB"),
        (zipped(), "Excel workbook or a ZIP"),
        (b"\x1f\x8b\x08" + b"\x00" * 500, "packed"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 500, "old Excel"),
        (b"%PDF-1.7\n", "a document"),
        (b"\x89PNG\r\n", "not a table"),
        (bytes(range(256)) * 100, "neither UTF-8 nor Windows-1252"),
        (bytes(range(1, 32)) * 100, "holds no text"),
        (b"a,b\n" + b"\x00\x01" * 5000, "holds no text"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
        (b"\xff\xfea", "Line 1 is not UTF-16"),
        (b"a,b\n\xc3\xbc,1\n\xfc,2\n", "Line 3 is not UTF-8, though"),
        (b"a,b\n1,2\n\x81,2\n", "Line 3 is neither UTF-8 nor Windows-1252"),
        (b'a,b\n1,2\n"3,4\n5,6\n', "quote opened on line 3 is never closed"),
        (b'a,b\n"1,2\n' + b"3,4\n" * 50_000, "quote opened on line 2 is not closed"),
        (b'a,b\n"1,2\n' + b"3,4\n" * 500 + b'5,"6"\n', "quote opened on line 2 is not closed"),
        (",".join(f"c{i}" for i in range(10_000)).encode(), "10,000 columns"),
        (b"a,b\n" + b"x" * 20_000_000, "longer than a million characters"),
        (b"a,b\n" + b"1,2\n" * 200_001, "more than 200,000 rows"),
        (b",".join([b"a"] * 200) + b"\n" + (b"1" + b"," * 199 + b"\n") * 100_000, "five million cells"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_unusable_files_are_refused_with_a_reason_and_soon(content, words):
    began = time.perf_counter()
    with pytest.raises(FileRefused, match=words):
        rows(content)
    assert time.perf_counter() - began < 20


def test_a_large_file_takes_little_memory():
    content = io.BytesIO(b"code,name,city\n" + b"C1,Some Customer of Ours,Kiel\n" * 190_000)
    tracemalloc.start()
    assert sum(1 for _ in open_table(content).rows) == 190_000
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 * 1024 * 1024


@pytest.mark.parametrize(
    ("content", "form", "cells"),
    [
        ("a,b\nü,1\n".encode(), "UTF-8, separated by commas", ["ü", "1"]),
        ("a,b\nü,1\n".encode("utf-8-sig"), "UTF-8, separated by commas", ["ü", "1"]),
        ("a;b\r\n“ü”;1\r\n".encode("cp1252"), "Windows-1252, separated by semicolons", ["“ü”", "1"]),
        ("a\tb\nü\t1\n".encode("utf-16"), "UTF-16, separated by tabs", ["ü", "1"]),
        ("a;b\nü;1\n".encode("utf-16-le"), "UTF-16, separated by semicolons", ["ü", "1"]),
        ("\ufeffa|b\nü|1\n".encode("utf-16-be"), "UTF-16, separated by bars", ["ü", "1"]),
        (b"a,b\rx,1\r", "UTF-8, separated by commas", ["x", "1"]),
        (b"sep=;\r\na;b\r\nx;1\r\n", "UTF-8, separated by semicolons", ["x", "1"]),
        (b'a;b\n"x, y, z";1\n', "UTF-8, separated by semicolons", ["x, y, z", "1"]),
        (b"a,b\n=cmd|'/c calc'!A0,1\n", "UTF-8, separated by commas", ["=cmd|'/c calc'!A0", "1"]),
    ],
)
def test_how_a_file_is_written_is_found_out(content, form, cells):
    read = table(content)
    assert (read.format, read.headings, next(read.rows).cells) == (form, ["a", "b"], cells)


def test_one_column_is_a_table_too():
    assert [row.cells for row in rows("name\nfoo; bar\n")] == [["foo; bar"]]


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["order_number"], "lacks the column customer_code"),
        ([*SALES[0], "d"], "unknown column: d"),
        ([*SALES[0], ""], "unknown column: \\(no name\\)"),
        ([*SALES[0], "amount"], "same column twice"),
    ],
)
def test_the_commands_take_our_own_names_only(headings, words):
    with pytest.raises(FileRefused, match=words):
        own_columns("sales", headings)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1", "has 1 cells where the header has 2"),
        ("1,2,3", "has 3 cells where the header has 2"),
        ("1,\x00", "column 2 holds a control character"),
        ('1,"2"x', "can't be read: ',' expected after '\"'"),
        (f"1,{'x' * 200_000}", "can't be read: field larger than field limit (131072)"),
    ],
)
def test_one_bad_row_leaves_the_others(line, reason):
    found = rows(f"a,b\n0,0\n{line}\n9,9\n")
    assert [(row.line, row.flaw) for row in found] == [(2, ""), (3, reason), (4, "")]


def test_header_and_cells_are_trimmed_and_blank_lines_skipped():
    read = table(b"\xef\xbb\xbf A ,b\r\n\r\n,\r\n x , \r\n")
    assert (read.headings, [(row.line, row.cells) for row in read.rows]) == (["A", "b"], [(4, ["x", ""])])


def test_line_numbers_follow_cells_of_several_lines():
    found = rows('a,b\n"1\n2",3\n4\n')
    assert [(row.line, row.cells[0], bool(row.flaw)) for row in found] == [(2, "1 2", False), (4, "4", True)]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content):
    with suppress(FileRefused):
        assert all(row.line > 1 for row in rows(b"a,b\n" + content))
    with suppress(FileRefused):
        rows(content)


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
