"""What several files here need."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.actions import run_import
from tests.conftest import NOW


@pytest.fixture(scope="session")
def northwind():
    """The folder of the Northwind files, which lie beside the project (RAPPORT_SHARED, else ../shared)."""
    shared = Path(os.environ.get("RAPPORT_SHARED", settings.BASE_DIR.parent / "shared"))
    folder = shared / "data" / "northwind"
    if not folder.is_dir():
        pytest.skip(f"The Northwind files are absent: {folder} does not exist. Set RAPPORT_SHARED to the folder above.")
    return folder


@pytest.fixture
def load(firm):
    """``load("sales", text_or_bytes)`` imports and returns the run."""

    def load(kind, content, dry_run=False, acting_user=None, at=NOW):
        data = content if isinstance(content, bytes) else content.encode()
        return run_import(kind, data, file_name=f"{kind}.csv", dry_run=dry_run, acting_user=acting_user, at=at)

    return load


@pytest.fixture
def queries_of():
    """``queries_of(client, url)`` is how many queries a page takes."""

    def count(client, url):
        with CaptureQueriesContext(connection) as context:
            assert client.get(url).status_code == 200
        return len(context)

    return count
