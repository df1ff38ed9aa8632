"""A firm whose database is marked demo."""

import pytest

from firm.models import Firm


@pytest.fixture
def demo_firm(db):
    return Firm.objects.create(name="Fairwater Supply", zone="Europe/Berlin", is_demo=True)
