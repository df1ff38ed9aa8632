"""The ground everything stands on."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection

from config.static import Storage
from customers.models import Customer, Ownership


def test_team_visibility(customer, owner, colleague, outsider, manager, service_agent, executive):
    seen = [
        u
        for u in (owner, colleague, outsider, manager, service_agent, executive)
        if Customer.objects.visible_to(u).filter(pk=customer.pk).exists()
    ]
    assert seen == [owner, colleague, manager, service_agent]


def test_ownership_never_overlaps(customer, colleague):
    with pytest.raises(IntegrityError):
        Ownership.objects.create(customer=customer, owner=colleague, since="2025-01-01", until="2025-02-01")


@pytest.mark.django_db
def test_fold_forgives_case_and_accents():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rapport_fold('Antonio Moreno Taquería'), rapport_digits('(5) 555-4729')")
        assert cursor.fetchone() == ("antonio moreno taqueria", "55554729")


def test_modules_import_each_other_by_their_hashed_names(tmp_path, settings):
    """One module under two names would run twice, and the page without a network would miss it."""
    storage = Storage(location=str(tmp_path), base_url="/static/")
    names = [f"js/{path.name}" for path in (settings.BASE_DIR / "static/js").glob("*.js")]
    for name in names:
        storage.save(name, ContentFile(Path(finders.find(name)).read_bytes()))
    files = {name: (storage, name) for name in names}
    hashed = {name: str(new).removesuffix(".gz") for name, new, _ in storage.post_process(files) if name in names}
    for name in names:
        written = (tmp_path / hashed[name]).read_text()
        imported = re.findall(r'(?:from |import\()"\./([^"]+)"', written)
        assert {f"js/{one}" for one in imported} <= set(hashed.values()), name
