"""What to ask next: what the manual lacks, what grows old, what they like to talk about.

Known is only what the asking person may read: a topic whose secrets are hidden from them is a gap to them, so that the
next question never tells that somebody else knows more.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

# An answered question is not put again to the same customer so soon, nor one that was passed over.
REPEAT_DAYS = 90
PASSED_DAYS = 30
# Topics touched within one conversation make way for others.
BREATH = timedelta(hours=12)
# A delicate topic waits until the manual holds so much.
ACQUAINTED = 3

GAP, STALE, MORE = "gap", "stale", "more"
WORTH = {GAP: 100, STALE: 70, MORE: 40}
OVERDUE_MOST = 40
FURTHER, TIRED, PASSED, DELICATE = 12, 60, 25, 15
LIKING, LIKING_MOST = 3, 6
CHARACTERS_A_POINT, ANSWER_MOST = 80, 4


class Offer(NamedTuple):
    """A question on offer: its topic's key, its words, and in one line why it is asked."""

    key: str
    text: str
    why: str
    kind: str
    name: str
    question_id: int | None = None
    secret_id: int | None = None


@dataclass(frozen=True)
class Topic:
    """A category and its questions, as (id, text) in the firm's order. A delicate one is confidential by default."""

    key: str
    name: str
    questions: Sequence[tuple[int, str]]
    is_delicate: bool = False


@dataclass(frozen=True)
class Known:
    """A secret the asking person may read."""

    secret_id: int
    topic: str
    confirmed_on: date
    ask_again_on: date
    is_used: bool = False


@dataclass(frozen=True)
class Asked:
    """A question put to this customer. ``length`` is of an answer the asking person heard; 0 for what others heard."""

    topic: str | None
    at: datetime
    question_id: int | None = None
    secret_id: int | None = None
    is_passed: bool = False
    length: int = 0


@dataclass(frozen=True)
class Past:
    """What the questions before mean for the next one."""

    questions: Collection[int]
    secrets: Collection[int]
    tired: Collection[str]
    passed: Collection[str]
    heard: Collection[str]


@dataclass
class _Scale:
    known: Mapping[str, list[Known]]
    past: Past
    likes: Mapping[str, int]
    is_acquainted: bool
    today: date
    offers: list[tuple[int, Offer]] = field(default_factory=list)


def offers(
    topics: Sequence[Topic], known: Sequence[Known], asked: Sequence[Asked], *, at: datetime, today: date, seed: int = 0
) -> list[Offer]:
    """Every question worth asking now, best first; the same inputs give the same order. ``seed`` breaks ties."""
    by_topic: dict[str, list[Known]] = {}
    for one in known:
        by_topic.setdefault(one.topic, []).append(one)
    scale = _Scale(by_topic, past_of(asked, at=at), likes(known, asked), len(known) >= ACQUAINTED, today)
    for topic in _turned(topics, seed):
        _weigh(topic, scale)
    return [offer for _, offer in sorted(scale.offers, key=lambda pair: -pair[0])]


def _turned(topics: Sequence[Topic], seed: int) -> list[Topic]:
    start = seed % len(topics) if topics else 0
    return [*topics[start:], *topics[:start]]


def _weigh(topic: Topic, scale: _Scale) -> None:
    """Put the topic's questions on offer, each with its worth."""
    secrets, past = scale.known.get(topic.key, []), scale.past
    is_gap = not secrets and topic.key not in past.heard
    worth = WORTH[GAP if is_gap else MORE] + _leaning(topic, scale)
    fresh = [question for question in topic.questions if question[0] not in past.questions]
    for place, (question_id, text) in enumerate(fresh):
        offer = Offer(topic.key, text, _why(topic, scale), GAP if is_gap else MORE, topic.name, question_id)
        scale.offers.append((worth - FURTHER * place, offer))
    old = [one for one in secrets if one.ask_again_on <= scale.today and one.secret_id not in past.secrets]
    if old:
        oldest = min(old, key=lambda one: (one.ask_again_on, one.secret_id))
        overdue = min((scale.today - oldest.ask_again_on).days // 6, OVERDUE_MOST)
        scale.offers.append((WORTH[STALE] + overdue + _leaning(topic, scale), _still_true(topic, oldest, scale.today)))


def _leaning(topic: Topic, scale: _Scale) -> int:
    """What speaks for a topic and against it, besides what the manual holds."""
    return (
        LIKING * min(scale.likes.get(topic.key, 0), LIKING_MOST)
        - TIRED * (topic.key in scale.past.tired)
        - PASSED * (topic.key in scale.past.passed)
        - DELICATE * (topic.is_delicate and not scale.is_acquainted)
    )


def _still_true(topic: Topic, old: Known, today: date) -> Offer:
    """Asks without the words of the secret: they are kept where reading them is logged."""
    why = f"{topic.name} was last confirmed {ago(today - old.confirmed_on)}"
    return Offer(topic.key, still_true(topic.name), why, STALE, topic.name, None, old.secret_id)


def still_true(category: str) -> str:
    """The question about what is known of a category: “Is what we know of their dream still true?”"""
    name = category if category[:2].isupper() else category[:1].lower() + category[1:]
    return f"Is what we know of their {name} still true?"


def _why(topic: Topic, scale: _Scale) -> str:
    count = len(scale.known.get(topic.key, []))
    if scale.likes.get(topic.key, 0) >= LIKING_MOST // 2:
        return f"they like to talk about {topic.name}"
    if count:
        return f"only one secret in {topic.name} so far" if count == 1 else f"{count} secrets in {topic.name} so far"
    return (
        f"{topic.name}: heard, not yet in the manual"
        if topic.key in scale.past.heard
        else f"nothing in {topic.name} yet"
    )


def past_of(asked: Iterable[Asked], *, at: datetime) -> Past:
    """Questions and secrets not to be asked of again so soon, topics just touched, passed over, and heard about."""
    recent = [one for one in asked if at - one.at <= timedelta(days=PASSED_DAYS if one.is_passed else REPEAT_DAYS)]
    return Past(
        questions={one.question_id for one in recent if one.question_id is not None},
        secrets={one.secret_id for one in recent if one.secret_id is not None},
        tired={one.topic for one in recent if one.topic and at - one.at <= BREATH},
        passed={one.topic for one in recent if one.topic and one.is_passed},
        heard={one.topic for one in recent if one.topic and one.length},
    )


def likes(known: Iterable[Known], asked: Iterable[Asked]) -> dict[str, int]:
    """Points a topic: one a secret, two more when it was used, up to four for the length of each answer."""
    points: Counter[str] = Counter()
    for secret in known:
        points[secret.topic] += 3 if secret.is_used else 1
    for one in asked:
        if one.topic and one.length:
            points[one.topic] += min(1 + one.length // CHARACTERS_A_POINT, ANSWER_MOST)
    return dict(points)


def ahead(ranked: Sequence[Offer], *, first: int = 8) -> list[Offer]:
    """The next few, and the best of every further topic: what a page keeps for when the network is gone."""
    kept, topics = list(ranked[:first]), {offer.key for offer in ranked[:first]}
    for offer in ranked[first:]:
        if offer.key not in topics:
            topics.add(offer.key)
            kept.append(offer)
    return kept


def ago(span: timedelta) -> str:
    """A number of days in people's words: “3 weeks ago”, “9 months ago”."""
    for days, word in ((365, "year"), (30, "month"), (7, "week")):
        count = span.days // days
        if count >= 2 or (count == 1 and word != "week"):
            return f"{count} {word}{'s' if count > 1 else ''} ago"
    return "lately" if span.days < 2 else f"{span.days} days ago"


def may_keep_questions(roles: Collection[str]) -> bool:
    """Managers know what is worth asking; administrators set the house up."""
    return bool({"manager", "administrator"} & set(roles))
