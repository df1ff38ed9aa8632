"""Secrets for the tests."""

import pytest

from secrets_manual.actions import log_secret
from secrets_manual.models import Category
from tests.conftest import NOW


@pytest.fixture
def written(customer, owner):
    """``written(sensitivity="shared", ...)`` logs a secret of the customer by the owner."""

    def write(
        text="Swims in the sea every morning.", sensitivity="relationship", audiences=("sales", "service"), **fields
    ):
        chosen = {
            "category": Category.objects.get(key="recreation_preference"),
            "acting_user": owner,
            "at": NOW,
        } | fields
        return log_secret(customer, text=text, sensitivity=sensitivity, audiences=audiences, **chosen)

    return write


@pytest.fixture
def secret(written):
    """One the account team may read."""
    return written()
