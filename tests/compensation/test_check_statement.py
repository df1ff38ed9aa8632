"""The page that re-checks a file: golden cases, a changed cent, what is no statement, and a drop in the browser."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from compensation import rules
from compensation.models import Statement
from tests.compensation.cases import GOLDEN, GOLDEN_FILE, small
from tests.compensation.permissions import kept

STATED = {"inputs": small(), "statement": rules.statement(small())}


@pytest.fixture
def checked(owner, signed_in):
    """``checked(content)`` gives a file to the page and reads the answer."""
    client = signed_in(owner)

    def give(content):
        written = content if isinstance(content, bytes) else json.dumps(content).encode()
        response = client.post("/statements/check/", {"file": SimpleUploadedFile("statement.json", written)})
        assert response.status_code == 200
        return response.content.decode()

    return give


def changed(**fields):
    stated = rules.statement(small())
    stated["lines"][0] |= fields
    return {"inputs": small(), "statement": stated}


def test_it_verifies_every_golden_case(checked):
    assert checked(GOLDEN_FILE.read_bytes()).count('<span class="stamp ok">verified</span>') == len(GOLDEN)


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_it_computes_inputs_alone(case, checked):
    said = checked(case["inputs"])
    assert "there is nothing to compare" in said
    assert f"{float(case['statement']['total']):,.2f}" in said


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"amount": "4000.01"}, "total › new_revenue › amount"),
        ({"payout": "2"}, "total › new_revenue › payout"),
        ({"attainment": "1"}, "total › new_revenue › attainment"),
        ({"bonus": "1"}, "total › new_revenue"),
    ],
)
def test_it_names_the_node_that_differs(fields, path, checked):
    said = checked(changed(**fields))
    assert '<span class="stamp">differs</span>' in said
    assert path in said


def test_a_changed_total_is_told_with_its_formula(checked):
    said = checked({"inputs": small(), "statement": rules.statement(small()) | {"total": "1.00"}})
    assert "The file says <b" in said
    assert rules.compute(small()).trace.formula in said


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "this is not JSON"),
        (b"%PDF-1.7", "this is not JSON"),
        (b"\xff\xfe\x00", "it is not a text file"),
        (b"[" * 100_000, "this is not JSON"),
        (b'{"a": 1, "a": 2}', "stands there twice"),
        (b" " * (rules.files.MOST_BYTES + 1), "a statement never is"),
        ({"inputs": small(engine=2)}, "computes engine 1"),
        ({"inputs": small(components=[{"behaviours": [{}] * 51}])}, "more than 50 components or behaviours"),
        ({"inputs": small(components=[{"behaviours": [{"customers": [[1, 1001]]}]}])}, "more than 1000 times"),
        ({"inputs": 1, "statement": 2}, "an object was expected"),
        ({"inputs": {}, "statement": {}, "more": 1}, "nothing else"),
    ],
)
def test_a_bad_file_gets_a_kind_sentence(content, reason, checked):
    said = checked(content)
    assert "can’t be checked" in said
    assert reason in said.replace("&#x27;", "'")


def test_no_file_asks_for_one(owner, signed_in):
    assert "Choose the file you downloaded" in signed_in(owner).post("/statements/check/").content.decode()


def test_a_known_statement_is_named_to_those_who_see_it(request, owner, outsider, signed_in):
    pk = kept(request)["pk"]
    for user, sees in ((owner, True), (outsider, False)):
        file = SimpleUploadedFile("s.json", json.dumps(STATED).encode())
        said = signed_in(user).post("/statements/check/", {"file": file}).content.decode()
        assert (f"/statements/kept/{pk}/" in said) is sees
    assert Statement.objects.count() == 1


@pytest.mark.browser
def test_a_file_dropped_on_the_page_is_checked(open_as, owner):
    page = open_as(owner, "/statements/check/")
    transfer = page.evaluate_handle(
        """text => {
            const moved = new DataTransfer();
            moved.items.add(new File([text], "statement.json", { type: "application/json" }));
            return moved;
        }""",
        json.dumps(STATED),
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    page.wait_for_selector("text=verified")
