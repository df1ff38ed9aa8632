"""Names of customers in what people wrote about pay: told when they ask, gone when they are erased."""

from datetime import timedelta
from decimal import Decimal

import pytest

from compensation.actions import disputes, erasure
from compensation.models import Adjustment, Dispute, DisputeMessage
from compensation.queries.naming import sentences_naming
from desk.actions.erasure import preview_erasure
from desk.queries.privacy import holdings
from secrets_manual.models import PrivacyRequest
from tests.compensation.issued import issue
from tests.conftest import NOW

SAID = "S12 of Aldous & Daughter is missing. I expected 300 more."


@pytest.fixture
def dispute(plan, owner, compensation_admin, second_executive):
    statement = issue(plan.members.get(salesperson=owner), run_by=compensation_admin, approved_by=second_executive)
    found = disputes.open_dispute(statement, component="new_revenue", text=SAID, acting_user=owner, at=NOW)
    disputes.answer_dispute(found, text="aldous & daughter\nnever paid.", acting_user=owner, at=NOW)
    reason = "Aldous & Daughter’s order counts."
    later = NOW + timedelta(days=1)
    return disputes.uphold_dispute(found, reason=reason, amount=Decimal(5), acting_user=compensation_admin, at=later)


def test_names_go_and_everything_else_stays(dispute):
    words = ["Aldous & Daughter", "AL"]
    assert erasure.forget_in_texts(words=words) == {"texts about pay naming them": 4}
    found = Dispute.objects.get()
    assert found.text == "S12 of [erased] is missing. I expected 300 more."
    assert found.decision == Adjustment.objects.get().reason == "[erased]’s order counts."
    assert DisputeMessage.objects.get().text == "[erased]\nnever paid."
    assert erasure.forget_in_texts(words=words) == {"texts about pay naming them": 0}
    assert erasure.forget_in_texts(words=[]) == {"texts about pay naming them": 0}


def test_they_are_told_the_sentences_that_name_them(dispute):
    assert [said for _, said in sentences_naming(["Aldous & Daughter"])] == [
        "S12 of Aldous & Daughter is missing.",
        "Aldous & Daughter’s order counts.",
        "aldous & daughter",
        "Aldous & Daughter’s order counts.",
    ]
    assert sentences_naming(["Aldous"]) != []
    assert sentences_naming(["Somebody Else"]) == sentences_naming([]) == []


def test_the_answer_and_the_erasure_hold_them(dispute, customer, privacy_officer):
    request = PrivacyRequest(customer=customer)
    told = next(one for one in holdings(request) if one.title.startswith("What texts about our people’s pay"))
    assert {row["words"] for row in told.rows} > {"S12 of Aldous & Daughter is missing."}
    counts, refused = preview_erasure(customer, None, at=NOW)
    assert (counts["texts about pay naming them"], refused) == (4, [])
    assert Dispute.objects.get().text == SAID, "a preview changes nothing"
