"""The usable secrets, ranked for a failure, with the gestures that can still be made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from accounts.models import User
from recovery import rules
from recovery.models import Case, Gesture, Milestone
from recovery.queries.goodwill import allowance
from recovery.queries.records import records
from secrets_manual.models import Secret
from secrets_manual.queries import usable_for

AUDIENCE = "service"
# As many secrets as somebody reads while a clock runs, and gestures for each; the rest on request.
MOST_FINDS = 20
MOST_OFFERS = 2


@dataclass(frozen=True)
class Find:
    """A secret that may be used, why it stands where it stands, and what can be done with it."""

    secret: Secret
    why: str
    is_resting: bool
    offers: Sequence[rules.Offer] = ()


@dataclass(frozen=True)
class Finder:
    """What a case's surprise can be made of: the finds shown, how many more there are, every gesture, the money."""

    finds: Sequence[Find]
    more: int
    gestures: Sequence[rules.Offer]
    allowed: Decimal
    usable: Sequence[Secret]


def finder(case: Case, user: User, at: datetime, *, all_of_them: bool = False) -> Finder:
    """The surprise finder of a case for a person: five queries, however many secrets there are."""
    usable = usable_for(case.customer, audience=AUDIENCE, user=user, at=at)
    allowed = allowance(case, user)
    due_at = next((one.due_at for one in case.milestones.all() if one.kind == Milestone.Kind.SURPRISE), at)
    means = rules.Means(at, due_at, allowed, timezone.get_current_timezone())
    options, known = gestures(), {key: record for key, (_, record) in records().items()}
    found = finds(case, usable, at, means=means, options=options, known=known)
    shown = found if all_of_them else found[:MOST_FINDS]
    suiting = [one for one in options if not one.root_causes or case.root_cause in one.root_causes]
    plain = [rules.offer(one, known.get((one.id, ""), rules.Record()), means) for one in suiting]
    return Finder(shown, len(found) - len(shown), plain, allowed, usable)


def finds(
    case: Case,
    secrets: Sequence[Secret],
    at: datetime,
    *,
    means: rules.Means | None = None,
    options: Sequence[rules.Option] = (),
    known: dict[tuple[int, str], rules.Record] | None = None,
) -> list[Find]:
    """The usable secrets ranked for this failure."""
    by_id = {secret.pk: secret for secret in secrets}
    ranked = rules.rank(
        [candidate(secret) for secret in secrets],
        root_cause=case.root_cause,
        at=at,
        means=means,
        options=options,
        records=known,
    )
    return [Find(by_id[one.id], one.why, one.is_resting, one.offers[:MOST_OFFERS]) for one in ranked]


def gestures() -> list[rules.Option]:
    """Every gesture that is offered."""
    return [
        rules.Option(
            id=one.pk,
            name=one.name,
            words=one.words,
            cost=one.cost,
            lead_hours=one.lead_hours,
            root_causes=frozenset(one.root_causes),
            categories=frozenset(one.categories),
        )
        for one in Gesture.objects.filter(is_active=True)
    ]


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
