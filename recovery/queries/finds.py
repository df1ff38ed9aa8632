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
from secrets_manual.models import Secret, SecretQuerySet, SecretUse
from secrets_manual.queries import usable

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
    usable: Sequence[int]


@dataclass(frozen=True)
class MadeOf:
    """The secret behind a surprise, ``None`` for who may not read it, and its use with what came of it."""

    secret: Secret | None
    use: SecretUse | None


def finder(case: Case, user: User, at: datetime, *, all_of_them: bool = False) -> Finder:
    """The surprise finder of a case for a person: six queries, however many secrets there are.

    Everything is ranked; only what is shown is read, with its text.
    """
    mine = usable(case.customer, audience=AUDIENCE, user=user, at=at)
    allowed = allowance(case, user)
    due_at = next((one.due_at for one in case.milestones.all() if one.kind == Milestone.Kind.SURPRISE), at)
    means = rules.Means(at, due_at, allowed, timezone.get_current_timezone())
    options, known = gestures(), {key: record for key, (_, record) in records().items()}
    ranked = rules.rank(
        candidates(mine), root_cause=case.root_cause, at=at, means=means, options=options, records=known
    )
    shown = ranked if all_of_them else ranked[:MOST_FINDS]
    suiting = [one for one in options if not one.root_causes or case.root_cause in one.root_causes]
    plain = [rules.offer(one, known.get((one.id, ""), rules.Record()), means) for one in suiting]
    return Finder(_read(shown), len(ranked) - len(shown), plain, allowed, [one.id for one in ranked])


def made_of(case: Case, user: User, at: datetime) -> MadeOf:
    """What the surprise of a closed case was made of, as far as the user may still read it. Two queries."""
    if case.surprise_secret_id is None:
        return MadeOf(None, None)
    secret = Secret.objects.visible_to(user, at=at).with_text().filter(pk=case.surprise_secret_id).first()
    use = SecretUse.objects.filter(secret=case.surprise_secret_id, reference=case.grant_reference).first()
    return MadeOf(secret, use)


def candidates(secrets: SecretQuerySet) -> list[rules.Candidate]:
    """What the ranking needs to know of secrets: nothing of their texts. One query."""
    fields = ("pk", "category__key", "confidence", "confirmed_at", "use_count", "resting_until")
    return [
        rules.Candidate(pk, category, confidence, confirmed_at, uses or 0, resting_until)
        for pk, category, confidence, confirmed_at, uses, resting_until in secrets.with_uses().values_list(*fields)
    ]


def _read(shown: Sequence[rules.Ranked]) -> list[Find]:
    """The secrets that are shown, with their texts, in their places; all of them may be read. One query."""
    by_id = Secret.objects.present().filter(pk__in=[one.id for one in shown]).with_text().in_bulk()
    return [Find(by_id[one.id], one.why, one.is_resting, one.offers[:MOST_OFFERS]) for one in shown if one.id in by_id]


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
