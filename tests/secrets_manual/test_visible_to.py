"""Who may read: sensitivity and audience, for every person of the cast."""

from datetime import timedelta

import pytest

from secrets_manual.actions import end_access, grant_access, record_consent
from secrets_manual.models import Secret
from tests.conftest import NOW

READERS = (
    "owner",
    "colleague",
    "outsider",
    "manager",
    "service_agent",
    "marketer",
    "executive",
    "compensation_admin",
    "privacy_officer",
    "administrator",
)
EVERYBODY = ("sales", "service", "marketing")
# sensitivity, audiences, who reads without any grant
TABLE = (
    ("shared", EVERYBODY, {"owner", "colleague", "manager", "service_agent", "marketer"}),
    ("shared", ("sales",), {"owner", "colleague", "manager"}),
    ("shared", ("service",), {"service_agent"}),
    ("shared", ("marketing",), {"marketer"}),
    ("relationship", EVERYBODY, {"owner", "colleague", "manager"}),
    ("relationship", ("service",), set()),
    ("confidential", EVERYBODY, {"owner"}),
    ("confidential", ("service",), set()),
)


def readers_of(secret, request, at=NOW):
    people = {name: request.getfixturevalue(name) for name in READERS}
    return {
        name for name, user in people.items() if Secret.objects.visible_to(user, at=at).filter(pk=secret.pk).exists()
    }


@pytest.mark.parametrize(("sensitivity", "audiences", "readers"), TABLE)
def test_matrix(written, request, sensitivity, audiences, readers):
    assert readers_of(written(sensitivity=sensitivity, audiences=audiences), request) == readers


def test_author_reads_own_confidential(written, request, colleague):
    secret = written(sensitivity="confidential", acting_user=colleague)
    assert readers_of(secret, request) == {"owner", "colleague"}


def test_special_is_for_the_author_alone(written, request, customer, owner, colleague):
    record_consent(customer, wording="Told me to write it down.", acting_user=owner, at=NOW)
    assert readers_of(written(sensitivity="special", acting_user=colleague), request) == {"colleague"}


@pytest.mark.parametrize(
    ("sensitivity", "purposes", "reads"),
    [
        ("relationship", ["case"], True),
        ("confidential", ["case"], False),
        ("confidential", ["case", "confidential"], True),
        # Whoever asked reads on only while the case, or the line, still gives them the customer.
        ("confidential", ["confidential"], False),
        ("special", ["case", "confidential"], False),
    ],
)
def test_grants(written, customer, owner, service_agent, sensitivity, purposes, reads):
    record_consent(customer, wording="Agreed at the counter.", acting_user=owner, at=NOW)
    secret = written(sensitivity=sensitivity, audiences=EVERYBODY)
    span = {"until": NOW + timedelta(hours=1), "reference": "case:1", "at": NOW, "reason": "a wrong to put right"}
    for purpose in purposes:
        grant_access(customer, user=service_agent, purpose=purpose, **span)
    visible = Secret.objects.visible_to(service_agent, at=NOW).filter(pk=secret.pk)
    assert visible.exists() is reads
    later = Secret.objects.visible_to(service_agent, at=NOW + timedelta(hours=1)).filter(pk=secret.pk)
    assert not later.exists()
    end_access(reference="case:1", at=NOW)
    assert not visible.exists()


def test_privacy_officer_reads_all_for_a_logged_request(written, customer, privacy_officer):
    secret = written(sensitivity="confidential", audiences=("sales",))
    grant_access(
        customer,
        user=privacy_officer,
        purpose="privacy",
        until=NOW + timedelta(days=1),
        reference="request:1",
        at=NOW,
        reason="asked what we hold",
    )
    assert Secret.objects.visible_to(privacy_officer, at=NOW).filter(pk=secret.pk).exists()


def test_removed_is_gone_for_all(secret, request):
    Secret.objects.filter(pk=secret.pk).update(removed_at=NOW)
    assert readers_of(secret, request) == set()
