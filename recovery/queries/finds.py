"""The usable secrets, ranked for a failure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recovery import rules
from recovery.models import Case
from secrets_manual.models import Secret

AUDIENCE = "service"


@dataclass(frozen=True)
class Find:
    """A secret that may be used, and why it stands where it stands."""

    secret: Secret
    why: str
    is_resting: bool


def finds(case: Case, secrets: Sequence[Secret], at: datetime) -> list[Find]:
    """The usable secrets ranked for this failure."""
    by_id = {secret.pk: secret for secret in secrets}
    ranked = rules.rank([candidate(secret) for secret in secrets], root_cause=case.root_cause, at=at)
    return [Find(by_id[one.id], one.why, one.is_resting) for one in ranked]


def candidate(secret: Secret) -> rules.Candidate:
    """What the ranking needs to know of a secret: nothing of its text."""
    return rules.Candidate(
        id=secret.pk,
        category=secret.category.key,
        confidence=secret.confidence,
        confirmed_at=secret.confirmed_at,
        uses=secret.uses,
        resting_until=secret.resting_until,
    )
