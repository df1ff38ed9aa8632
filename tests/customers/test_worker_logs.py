"""What a real worker writes to its log while it imports, fails and undoes: never a word of anybody's."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from django.utils import timezone

from customers.actions import begin_undo, log_interaction, stage_import
from customers.models import ImportRun
from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.customers.test_import_killed import state_of
from tests.customers.workers import kill, ring, wait_until, worker

CANARY = "xyzzycanary"
HEADER = "customer_code,name,contact_name,contact_email,phone,tags,owner_email,owned_since\n"


@pytest.fixture
def told(customer, owner, administrator):
    """A secret, a note and a file, each with the canary; the file has rows that fail and a row the database refuses."""
    category = Category.objects.get(key="inventory_problem")
    secret = {"category": category, "text": f"{CANARY} secret", "sensitivity": "shared", "audiences": ["sales"]}
    log_secret(customer, **secret, acting_user=owner, at=timezone.now())
    told = {"kind": "call", "on": timezone.localdate(), "note": f"{CANARY} note"}
    log_interaction(customer, **told, acting_user=owner, at=timezone.now())
    lines = (
        f"C{i},{CANARY} {i},{CANARY},{CANARY}{i}@x.example,+49 {i:08d},{CANARY},{owner.email},2024-03-01\n"
        for i in range(50)
    )
    bad = f"B1,{CANARY},{CANARY},not {CANARY} an address,,,,\nB2,{CANARY},,,,,nobody-{CANARY}@x.example,\n"
    file = io.BytesIO((HEADER + "".join(lines) + bad).encode())
    run = stage_import("customers", file, file_name=f"{CANARY}.csv", acting_user=administrator, at=timezone.now())
    ImportRun.objects.filter(pk=run.pk).update(state="running")
    return run


@pytest.mark.django_db(transaction=True)
def test_worker_logs_hold_no_word_of_anybody(told, administrator, tmp_path):
    path = Path(tmp_path) / "worker.log"
    with path.open("wb") as log:
        process = worker(level="INFO", stdout=log, stderr=subprocess.STDOUT)
        try:
            ring()
            wait_until(lambda: state_of(told) == "done", 120)
            begin_undo(told, is_rest=False, acting_user=administrator, at=timezone.now())
            ring("desk.undo_imports")
            wait_until(lambda: state_of(told) == "undone", 120)
            ring("customers.remind")
            ring("firm.send_outbox")
            wait_until(lambda: b"import_undone" in path.read_bytes(), 60)
        finally:
            kill(process)
    text = path.read_text()
    assert CANARY not in text
    assert administrator.password not in text
    assert any(
        "import_undone" in line and json.loads(line)["run"] == told.pk for line in text.splitlines() if line[:1] == "{"
    )
