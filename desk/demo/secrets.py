"""What the demo firm knows of its customers."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.demo import words
from desk.demo.copying import copy_rows
from desk.demo.customers import Someone
from secrets_manual import rules, vault
from secrets_manual.models import SEALED, Category, Secret, SecretText, SecretUse

AUDIENCES = {
    "shared": ["sales", "service", "marketing"],
    "relationship": ["sales", "service"],
    "confidential": ["sales", "service"],
}
OUTCOMES = (
    ("unknown", ""),
    ("unknown", ""),
    ("delighted", "I cried."),
    ("delighted", "Told the whole street."),
    ("pleased", "Rang us to say thank you."),
    ("no_matter", "Said nothing."),
)
# Customer's place, category, sensitivity, words, days since the last confirmation, never aloud.
FEATURED: tuple[tuple[int, str, str, str, int, bool], ...] = (
    (0, "recreation_preference", "relationship", "Swims in the sea every morning, all winter, and hates cold hands afterwards.", 21, False),
    (0, "hope", "relationship", "Her daughter’s first own collection opens in March.", 62, False),
    (0, "cash_flow_challenge", "confidential", "The winter quarter never pays for itself.", 330, False),
    (0, "dream", "relationship", "A kiln that burns nothing.", 365, True),
    (0, "bias", "shared", "Trusts whoever carries the crates in themselves.", 40, False),
    (0, "inventory_problem", "shared", "Sits on four months of blue glaze nobody asks for.", 95, False),
    (1, "dream", "relationship", "Wants her daughter to take over the bakery line.", 30, False),
    (1, "market_challenge", "shared", "Loses the Saturday trade to the new ring road.", 12, False),
    (3, "dream", "relationship", "Wants to leave the rented hall.", 270, False),
)  # fmt: skip


@dataclass(slots=True)
class Written:
    """One secret on its way into the tables."""

    someone: Someone
    category: str
    sensitivity: str
    text: str
    discovered_at: datetime
    confirmed_at: datetime
    never_aloud: bool
    resting_until: datetime | None
    confidence: int
    how: str
    question: str


def make_secrets(rng: random.Random, people: list[Someone], *, at: datetime, each: int) -> None:
    """About ``each`` secrets a manual, twice the categories at most; one manual in fourteen is blank."""
    categories = {category.key: category.pk for category in Category.objects.all()}
    written = [*_featured(people, at), *_invented(rng, people[4:], at, each)]
    copy_rows(
        Secret,
        ("id", "customer_id", "contact_id", "category_id", "sensitivity", "audiences", "how_learned", "confidence", "question",
         "discovered_by_id", "discovered_at", "confirmed_at", "ask_again_on", "never_aloud", "resting_until"),
        (
            (n, w.someone.id, w.someone.contact_id if w.category in words.PERSON_SECRETS else None, categories[w.category],
             w.sensitivity, AUDIENCES[w.sensitivity], w.how, w.confidence, w.question, w.someone.owner_id, w.discovered_at,
             w.confirmed_at, (w.confirmed_at + timedelta(days=rules.ASK_AGAIN_DAYS)).date(), w.never_aloud, w.resting_until)
            for n, w in enumerate(written, 1)
        ),
    )  # fmt: skip
    copy_rows(
        SecretText,
        (
            "secret_id",
            "version",
            "is_current",
            "plain",
            "sealed",
            "sensitivity",
            "reason",
            "written_by_id",
            "written_at",
        ),
        (
            (n, 1, True, *_kept(w), w.sensitivity, "", w.someone.owner_id, w.discovered_at)
            for n, w in enumerate(written, 1)
        ),
    )
    columns = ("secret_id", "kind", "reference", "note", "result", "outcome", "outcome_at", "by_id", "at")
    copy_rows(SecretUse, columns, _uses(rng, written))


def _kept(w: Written) -> tuple[str | None, bytes | None]:
    return (None, vault.seal(w.text)) if w.sensitivity in SEALED else (w.text, None)


def _featured(people: list[Someone], at: datetime) -> Iterator[Written]:
    for place, category, sensitivity, text, days, never_aloud in FEATURED:
        moment = at - timedelta(days=days, hours=2)
        resting = at + timedelta(days=200) if never_aloud else None
        yield Written(
            people[place],
            category,
            sensitivity,
            text,
            moment,
            moment,
            never_aloud,
            resting,
            3,
            "told",
            words.QUESTIONS[0],
        )


def _invented(rng: random.Random, people: list[Someone], at: datetime, each: int) -> Iterator[Written]:
    catalogue = {**words.PERSON_SECRETS, **words.ORGANISATION_SECRETS}
    organisation = list(catalogue)
    for someone in people:
        if rng.random() < 0.07:
            continue
        kinds = list(words.PERSON_SECRETS) if someone.is_person else organisation
        for _ in range(min(2 * len(kinds), max(1, round(rng.gauss(each + 2 * someone.high_value, 3))))):
            yield _one(rng, someone, rng.choice(kinds), catalogue, at)


def _one(rng: random.Random, someone: Someone, category: str, catalogue: dict[str, Any], at: datetime) -> Written:
    sentences, fillings = catalogue[category]
    quiet = category in ("family_priority", "cash_flow_challenge") or rng.random() < 0.03
    discovered = at - timedelta(days=rng.randint(1, 700), hours=rng.randint(0, 9))
    again = rng.random() < 0.4
    confirmed = discovered + (at - discovered) * rng.random() * 0.95 if again else discovered
    used = rng.random() < 0.12
    return Written(
        someone=someone,
        category=category,
        sensitivity="confidential" if quiet else rng.choices(("relationship", "shared"), (7, 3))[0],
        text=rng.choice(sentences).format(x=rng.choice(fillings)),
        discovered_at=discovered,
        confirmed_at=confirmed,
        never_aloud=rng.random() < 0.04,
        resting_until=at + timedelta(days=rng.randint(-200, 80)) if used else None,
        confidence=rng.choices((1, 2, 3), (1, 3, 4))[0],
        how=rng.choices(("told", "observed", "third_party"), (6, 3, 1))[0],
        question=rng.choice(words.QUESTIONS) if rng.random() < 0.3 else "",
    )


def _uses(rng: random.Random, written: list[Written]) -> Iterator[tuple[Any, ...]]:
    for n, w in enumerate(written, 1):
        if w.resting_until and not w.never_aloud:
            at = w.resting_until - timedelta(days=rules.REST_DAYS)
            result, outcome = rng.choice(OUTCOMES)
            used_at = max(at, w.discovered_at)
            told_at = used_at + timedelta(days=9) if result != "unknown" else None
            kind = rng.choice(("gesture", "gesture", "offer", "package"))
            yield (n, kind, "", rng.choice(words.GESTURES), result, outcome, told_at, w.someone.owner_id, used_at)
