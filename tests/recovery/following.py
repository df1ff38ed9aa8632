"""A question that has been mailed, with a link the tests know."""

from datetime import timedelta
from hashlib import sha256

from recovery.models import FollowUp, FollowUpToken

TOKEN = "q" * 43


def asked_about(case, at, kind="check_back_7", token=TOKEN):
    """The question of a closed case as if it had been mailed at a moment."""
    FollowUp.objects.filter(case=case, kind=kind, closed_at=case.closed_at).update(
        state="sent",
        claimed_at=at,
        sent_at=at,
        address="judith@aldous.example",
        wording={"firm": "Fairwater Supply", "customer": "Aldous & Daughter", "contact": "Judith Aldous"},
        due_at=at,
        closes_at=at + timedelta(days=21),
    )
    asked = FollowUp.objects.get(case=case, kind=kind, closed_at=case.closed_at)
    FollowUpToken.objects.create(follow_up=asked, token_hash=sha256(token.encode()).digest(), minted_at=at)
    return asked
