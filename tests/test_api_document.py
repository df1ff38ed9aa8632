"""The API does what its OpenAPI document says, whatever is sent: schemathesis makes it up."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api import Api

RESOURCES = ("customers", "contacts", "promises", "interactions", "secrets")
# Addresses that are only read.
READ_ONLY = ("results/", "results/{id}/", "results/team/", "rounds/", "rounds/{id}/", "rounds/{id}/progress/")
STATEMENTS = ("statements/", "statements/{id}/", "statements/{id}/file/", "statements/{id}/trace/")
OPERATIONS = [
    (method, f"/api/v1/{name}/{row}")
    for name in RESOURCES
    for method, row in (("GET", ""), ("POST", ""), ("GET", "{id}/"), ("PATCH", "{id}/"))
] + [("GET", f"/api/v1/{path}") for path in READ_ONLY + STATEMENTS]
OPERATIONS.append(("POST", "/api/v1/statements/check/"))
OPERATIONS += [(method, f"/api/v1/cases/{row}") for method, row in (("GET", ""), ("POST", ""), ("GET", "{id}/"))]
OPERATIONS += [("POST", f"/api/v1/cases/{{id}}/{verb}/") for verb in ("acknowledge", "note")]


@pytest.fixture
def document(db):
    """Requests stay in the test's transaction, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_every_operation_is_tried(document):
    documented = {(one.ok().method.upper(), one.ok().path) for one in document.get_all_operations()}

    assert documented - {("GET", "/api/v1/openapi.json")} == set(OPERATIONS)


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_operation(document, owner, customer, method, path):
    headers = {"Authorization": f"Bearer {Api(owner).words}"}

    @given(document[path][method].as_strategy())
    @settings(max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def send(case):
        # A made-up id of a customer is well formed and rightly refused.
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    send()
