"""What several files here need."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.actions import run_import
from customers.models import ImportRun
from customers.tasks import run_imports
from tests.conftest import NOW


@pytest.fixture
def load(firm):
    """``load("sales", text_or_bytes)`` imports and returns the run."""

    def load(kind, content, dry_run=False, acting_user=None, at=NOW):
        data = content if isinstance(content, bytes) else content.encode()
        told = {"file_name": f"{kind}.csv", "dry_run": dry_run, "acting_user": acting_user, "at": at}
        return run_import(kind, io.BytesIO(data), **told)

    return load


@pytest.fixture
def queries_of():
    """``queries_of(client, url)`` is how many queries a page takes."""

    def count(client, url):
        with CaptureQueriesContext(connection) as context:
            assert client.get(url).status_code == 200
        return len(context)

    return count


@pytest.fixture
def upload(signed_in, administrator):
    """``upload("contacts", text_or_bytes)`` is the run of a file an administrator chose by page, as far as it goes."""

    def upload(kind, content, name="file.csv"):
        data = content if isinstance(content, bytes) else content.encode()
        file = SimpleUploadedFile(name, data, "text/csv")
        response = signed_in(administrator).post("/imports/try/", {"kind": kind, "file": file})
        assert response.status_code == 302, response.text
        run_imports()
        return ImportRun.objects.latest("pk")

    return upload


@pytest.fixture
def start(signed_in, administrator):
    """``start(run)`` imports what was tried, by page and worker."""

    def start(run, duplicates="skip"):
        run_imports()
        signed_in(administrator).post(f"/imports/{run.pk}/start/", {"duplicates": duplicates})
        run_imports()
        run.refresh_from_db()
        return run

    return start
