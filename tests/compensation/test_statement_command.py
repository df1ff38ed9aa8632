"""``manage.py statement``: print and re-check without a database."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from compensation import rules
from tests.compensation.cases import GOLDEN, GOLDEN_FILE, small

NOWHERE = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}


def write(tmp_path, content):
    file = tmp_path / "input.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(file)


def printed(file):
    out = io.StringIO()
    call_command("statement", file, stdout=out)
    return out.getvalue()


def run(*words, **options):
    command = [sys.executable, "manage.py", "statement", *words]
    return subprocess.run(
        command, cwd=settings.BASE_DIR, env=NOWHERE, capture_output=True, text=True, timeout=60, check=False, **options
    )


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_it_prints_every_golden_case_to_the_cent(case, tmp_path):
    assert json.loads(printed(write(tmp_path, case["inputs"]))) == case["statement"]


def test_it_reads_standard_input_with_a_database_that_points_nowhere():
    done = run("-", input=json.dumps(GOLDEN[1]["inputs"]))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == GOLDEN[1]["statement"]


def test_refused_inputs_say_why_on_standard_error():
    done = run("-", input=json.dumps(small(engine=7)))
    assert done.returncode == 1
    assert done.stdout == ""
    assert "Refused: engine: this program computes engine 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_verifies_a_downloaded_statement_and_the_golden_file(tmp_path):
    file = write(tmp_path, {"inputs": small(), "statement": rules.statement(small())})
    assert printed(file) == "matches\n"
    assert printed(write(tmp_path, GOLDEN[0])) == "year 1: 80/20: matches\n"
    assert printed(str(GOLDEN_FILE)).count("matches") == len(GOLDEN)


def test_a_changed_cent_does_not_match(tmp_path, capsys):
    stated = rules.statement(small())
    stated["lines"][0]["amount"] = "4000.01"
    out = io.StringIO()
    with pytest.raises(CommandError, match="not the one its inputs give"):
        call_command("statement", write(tmp_path, {"inputs": small(), "statement": stated}), stdout=out)
    assert "does not match" in out.getvalue()
    assert "total > new_revenue > amount: the file says" in out.getvalue()


@pytest.mark.parametrize("stated", [None, [], {"lines": []}, {"lines": [], "total": "0"}, {"total": "9034.72"}])
def test_a_statement_of_another_shape_does_not_match(stated):
    assert rules.differences(small(), stated)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON"),
        ("[1]", "an object was expected"),
        ('{"engine": 1, "engine": 1}', "'engine' stands there twice"),
        ('{"inputs": {}}', "missing"),
        ('{"cases": [1]}', "holds inputs and statement"),
        ("1" * 5000, "not JSON"),
    ],
)
def test_what_is_no_input_is_refused(content, reason, tmp_path):
    with pytest.raises(CommandError, match=reason):
        printed(write(tmp_path, content))


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        printed(str(tmp_path / "none.json"))
