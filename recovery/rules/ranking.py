"""Which secret suits a failure.

docs/algorithms/surprises.md tells the arithmetic.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from recovery.rules.gestures import Means, Offer, Option, Record, judge_offers, offers


@dataclass(frozen=True)
class Candidate:
    """A secret that may be used for a surprise, without its text."""

    id: int
    category: str
    confidence: int
    confirmed_at: datetime
    uses: int = 0
    resting_until: datetime | None = None


@dataclass(frozen=True)
class Ranked:
    """A candidate's place: the score (higher is better) and why, in one line."""

    id: int
    score: int
    why: str
    is_resting: bool = False
    offers: tuple[Offer, ...] = ()


# Categories that speak to a root cause; what moves a person suits every failure.
FITS: dict[str, frozenset[str]] = {
    "delivery": frozenset({"inventory_problem", "habit", "lifestyle_choice"}),
    "quality": frozenset({"product_quality_issue", "ego_drive", "dream"}),
    "billing": frozenset({"cash_flow_challenge", "financial_challenge", "hope"}),
    "promise": frozenset({"family_priority", "friendship_affinity", "hope"}),
    "behaviour": frozenset({"friendship_affinity", "ego_drive", "family_priority"}),
    "information": frozenset({"bias", "competency", "market_challenge"}),
    "other": frozenset(),
}
MOVES_PEOPLE = frozenset(
    {
        "recreation_preference",
        "entertainment_choice",
        "dream",
        "hope",
        "habit",
        "lifestyle_choice",
        "family_priority",
        "friendship_affinity",
    }
)


def rank(
    candidates: Iterable[Candidate],
    *,
    root_cause: str,
    at: datetime,
    means: Means | None = None,
    options: Sequence[Option] = (),
    records: Mapping[tuple[int, str], Record] | None = None,
) -> list[Ranked]:
    """Best secret for this failure first, resting ones last; with ``means``, also by what can be done in time."""
    by_category: dict[str, Doing] = {}
    ranked = []
    for one in candidates:
        if one.category not in by_category:
            given = {"category": one.category, "root_cause": root_cause}
            found = offers(options, records or {}, **given, means=means) if means else []
            points, words = judge_offers(found, means) if means else (0, "")
            by_category[one.category] = Doing(points, words, tuple(each for each in found if each.can_be_done))
        ranked.append(judge(one, root_cause=root_cause, at=at, doing=by_category[one.category]))
    return sorted(ranked, key=lambda one: (one.is_resting, -one.score, one.id))


@dataclass(frozen=True)
class Doing:
    """What can be done with a secret of a category: the points, why, and the gestures."""

    points: int = 0
    words: str = ""
    offers: tuple[Offer, ...] = ()


NOTHING = Doing()


def judge(candidate: Candidate, *, root_cause: str, at: datetime, doing: Doing = NOTHING) -> Ranked:
    """Score one secret by fit, freshness, confidence, use and what can be done, with the reasons in words."""
    parts = [_fit(candidate, root_cause), _freshness(candidate, at), _confidence(candidate), _use(candidate)]
    parts.append((doing.points, doing.words))
    score = sum(points for points, _ in parts)
    if is_resting(candidate.resting_until, at):
        return Ranked(candidate.id, score, "resting, was used lately", is_resting=True)
    return Ranked(candidate.id, score, ", ".join(words for _, words in parts if words), offers=doing.offers)


def is_resting(until: datetime | None, at: datetime) -> bool:
    """Whether a used secret may not be used again yet."""
    return until is not None and until > at


def _fit(candidate: Candidate, root_cause: str) -> tuple[int, str]:
    if candidate.category in FITS[root_cause]:
        return 40, "fits what went wrong"
    if candidate.category in MOVES_PEOPLE:
        return 30, "personal"
    return 10, ""


def _freshness(candidate: Candidate, at: datetime) -> tuple[int, str]:
    days = (at - candidate.confirmed_at).days
    steps: Sequence[tuple[int, int, str]] = ((30, 30, "fresh"), (120, 20, "confirmed this season"), (365, 10, ""))
    return next(((score, words) for limit, score, words in steps if days <= limit), (0, "not confirmed for a year"))


def _confidence(candidate: Candidate) -> tuple[int, str]:
    return {3: (20, "certain"), 2: (10, ""), 1: (0, "only a guess")}[candidate.confidence]


def _use(candidate: Candidate) -> tuple[int, str]:
    if candidate.uses == 0:
        return 20, "never used"
    return 0, f"used {candidate.uses} times before" if candidate.uses > 1 else "used once before"
