"""Report cards, 14 months of rounds, and what the customers answered."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from customers.models import Customer
from desk.demo import words
from desk.demo.copying import copy_rows
from desk.demo.customers import Someone
from desk.demo.people import Cast
from firm.models import Firm
from firm.rules import month_after
from report_cards import rules
from report_cards.models import (
    Answer,
    Behaviour,
    CardWriter,
    Invitation,
    Measure,
    ReportCard,
    Response,
    ResponseVersion,
    Round,
)

# measure, key, name, question, the same in French, weight in basis points, target
BEHAVIOURS = (
    (
        "relationship",
        "listening",
        "Listening",
        "Listens before proposing anything.",
        "Écoute avant de proposer quoi que ce soit.",
        4000,
        "0.80",
    ),
    (
        "relationship",
        "keeping-promises",
        "Keeping promises",
        "Does what was promised, when it was promised.",
        "Fait ce qui a été promis, au moment promis.",
        3000,
        "0.80",
    ),
    (
        "relationship",
        "follow-up",
        "Follow-up",
        "Comes back to me without being reminded.",
        "Revient vers moi sans qu’il faille le rappeler.",
        3000,
        "0.75",
    ),
    (
        "secret_gathering",
        "asks-about-my-world",
        "Asks about my world",
        "Asks about my world before talking about theirs.",
        "S’intéresse à mon monde avant de parler du sien.",
        5000,
        "0.75",
    ),
    (
        "secret_gathering",
        "remembers",
        "Remembers what I said",
        "Remembers what I said last time.",
        "Se souvient de nos derniers échanges.",
        5000,
        "0.75",
    ),
)
REWORDED = {"follow-up": "Comes back to me, with an answer, without being reminded."}
REWEIGHED = {"keeping-promises": 4000, "follow-up": 2000}
ROUNDS = 14
# The third salesperson learned much in the three months before the open round; the first has one thing still to learn.
LEARNER, LEARNED, LEARNED_MONTHS_AGO = 2, 0.3, 3
STRUGGLES_WITH, STRUGGLES_AT = "asks-about-my-world", 0.5
# Left unsent in the newest round, so that the worker has something to send at once.
STILL_TO_SEND = 40
# Every so many is asked whether anyone asked for a good score.
ONE_IN = 20
# The newest round of a demo stays open this much longer than the 21st, so that there is always something to rate.
OPEN_FOR = timedelta(days=7)


@dataclass
class Skill:
    """The chance that a customer finds each behaviour of a salesperson good, and its change a month."""

    level: dict[str, float]
    drift: dict[str, float]
    learned: float = 0.0
    """What the person has gained in the last three closed months."""

    def chance(self, key: str, months_ago: int) -> float:
        before = self.learned if months_ago > LEARNED_MONTHS_AGO else 0.0
        return min(0.97, max(0.2, self.level[key] - before - self.drift[key] * months_ago))


@dataclass
class Asked:
    """One invitation and whether it is answered: what the three tables are written from."""

    id: int
    someone: Someone
    round: Round
    months_ago: int
    state: str
    sent_at: datetime
    answered_at: datetime | None


def make_ratings(rng: random.Random, firm: Firm, cast: Cast, people: list[Someone], *, at: datetime) -> list[Round]:
    """Signed cards for each year, the rounds of the last 14 months, invitations, responses and answers."""
    this_month = firm.today(at).replace(day=1)
    months = rules.months_back((this_month - timedelta(days=1)).replace(day=1), ROUNDS)
    if firm.today(at) < firm.first_working_day(this_month.year, this_month.month):
        months = months[:-1]
    for year in sorted({month.year for month in months}):
        _sign(_card(date(year, 1, 1), cast, firm, at), cast, date(year - 1, 12, 12))
    # From July of the newest year on a second version: a question reworded, two weights moved.
    newest = months[-1].year
    _sign(_card(date(newest, 7, 1), cast, firm, at, version=2), cast, date(newest, 6, 17))
    _card(date(newest + 1, 1, 1), cast, firm, at, writers=("Cora Pabst", "Anna Fuller"))
    rounds = [_round(month, firm, at, is_newest=month == months[-1]) for month in months]
    asked = list(_asked(rng, rounds, people, at))
    names = {user.pk: user.name for user in cast.salespeople}
    _copy_invitations(asked, firm, names)
    _copy_responses(rng, asked, _skills(rng, cast.salespeople))
    for round_ in rounds[:-1]:
        Round.objects.filter(pk=round_.pk).update(closed_at=round_.closes_at)
    return rounds


def _card(
    first_month: date,
    cast: Cast,
    firm: Firm,
    at: datetime,
    *,
    version: int = 1,
    writers: tuple[str, ...] = ("Cora Pabst",),
) -> ReportCard:
    """A draft; who had a hand in it is noted before it is signed."""
    people = {user.name: user for user in [*cast.managers, *cast.others.values()]}
    hands = [people[name] for name in writers if name in people]
    card = ReportCard.objects.create(
        year=first_month.year,
        version=version,
        name=f"{firm.name} report card",
        first_month=first_month,
        made_by=hands[0],
    )
    written = min(datetime(first_month.year - 1, 12, 8, 9, 30, tzinfo=UTC), at - timedelta(days=3))
    CardWriter.objects.bulk_create(CardWriter(card=card, user=user, at=written) for user in hands)
    positions = dict.fromkeys(Measure.values, 0)
    for measure, key, name, question, french, weight, target in BEHAVIOURS:
        positions[measure] += 1
        Behaviour.objects.create(
            card=card,
            measure=measure,
            position=positions[measure],
            key=key,
            name=name,
            question=REWORDED.get(key, question) if version > 1 else question,
            translations={"fr": french},
            weight_bp=REWEIGHED.get(key, weight) if version > 1 else weight,
            target=Decimal(target),
        )
    return card


def _sign(card: ReportCard, cast: Cast, day: date) -> None:
    card.signed_by = cast.others["Eva Lindqvist"]
    card.signed_at = datetime(day.year, day.month, day.day, 10, 15, tzinfo=UTC)
    card.save()


def _round(month: date, firm: Firm, at: datetime, *, is_newest: bool) -> Round:
    """The round of a month; the newest is still open, whatever day the demo is made on."""
    card = ReportCard.objects.in_force(month)
    assert card is not None
    after = month_after(month)
    first = firm.first_working_day(after.year, after.month)
    drawn_at = datetime(first.year, first.month, first.day, 6, 0, tzinfo=UTC)
    closes_at = rules.closes_at(month, firm.tzinfo)
    if is_newest:
        closes_at = max(closes_at, at + OPEN_FOR)
    return Round.objects.create(month=month, card=card, drawn_at=min(drawn_at, at), closes_at=closes_at)


def _skills(rng: random.Random, salespeople: list[User]) -> dict[int, Skill]:
    keys = [behaviour[1] for behaviour in BEHAVIOURS]
    skills = {}
    for user in salespeople:
        base = rng.betavariate(18, 3)
        skills[user.pk] = Skill(
            {key: base + rng.uniform(-0.1, 0.1) for key in keys}, {key: rng.gauss(0, 0.006) for key in keys}
        )
    skills[salespeople[0].pk].level[STRUGGLES_WITH] = STRUGGLES_AT
    if len(salespeople) > LEARNER:
        learner = skills[salespeople[LEARNER].pk]
        learner.learned, learner.level = LEARNED, dict.fromkeys(keys, 0.93)
    return skills


def _asked(rng: random.Random, rounds: list[Round], people: list[Someone], at: datetime) -> Iterator[Asked]:
    number = 0
    kindness = [rng.betavariate(3, 4) for _ in people]
    for ago, round_ in enumerate(reversed(rounds)):
        newest = ago == 0
        for index, someone in enumerate(people):
            number += 1
            sent_at = round_.drawn_at + timedelta(seconds=index % 3600)
            if newest and (index < 4 or index % max(1, len(people) // STILL_TO_SEND) == 0):
                yield Asked(number, someone, round_, ago, "waiting", sent_at, None)
                continue
            bounced = rng.random() < 0.01
            answered = None
            if not bounced and rng.random() < kindness[index]:
                answered = sent_at + timedelta(hours=rng.expovariate(1 / 60))
                answered = answered if answered < min(at, round_.closes_at) else None
            yield Asked(number, someone, round_, ago, "bounced" if bounced else "sent", sent_at, answered)


def _copy_invitations(asked: list[Asked], firm: Firm, names: dict[int, str]) -> None:
    customers = dict(Customer.objects.values_list("pk", "name"))

    def row(a: Asked) -> tuple[Any, ...]:
        waiting = a.state == "waiting"
        wording = {
            "firm": firm.name,
            "salesperson": names[a.someone.owner_id],
            "customer": customers[a.someone.id],
            "contact": a.someone.contact_name,
        }
        return (
            a.id, a.round.pk, a.someone.id, a.someone.contact_id, a.someone.owner_id, a.someone.address, wording, a.state, "",
            a.round.drawn_at, 0 if waiting else 1, None if waiting else a.sent_at, None if waiting else a.sent_at,
            None if waiting or a.answered_at else a.sent_at + rules.REMIND_AFTER,
            a.someone.language, firm.zone, _strewn(a) % ONE_IN == 0, _opened_at(a),
        )  # fmt: skip

    columns = [
        "id",
        "round_id",
        "customer_id",
        "contact_id",
        "salesperson_id",
        "address",
        "wording",
        "state",
        "reason",
        "due_at",
        "attempts",
        "claimed_at",
        "sent_at",
        "reminded_at",
        "language",
        "zone",
        "asks_pressure",
        "opened_at",
    ]
    copy_rows(Invitation, columns, map(row, asked))


def _strewn(a: Asked) -> int:
    """A number that tells invitations apart without the order they stand in: every twentieth is one owner's."""
    return a.id * 2_654_435_761 % 2**32 >> 8


def _opened_at(a: Asked) -> datetime | None:
    """Most who answer were seen at the page before; some look and leave it."""
    if a.answered_at:
        return a.answered_at - timedelta(seconds=40)
    return a.sent_at + timedelta(hours=9) if a.state == "sent" and a.id % 11 == 0 else None


def _copy_responses(rng: random.Random, asked: list[Asked], skills: dict[int, Skill]) -> None:
    answered = [a for a in asked if a.answered_at]
    ratings = [_rating(rng, a, skills[a.someone.owner_id]) for a in answered]
    copy_rows(
        Response,
        (
            "id",
            "invitation_id",
            "version",
            "first_at",
            "last_at",
            "comment",
            "fit",
            "offered",
            "likely",
            "call_me",
            "who_may_see",
            "was_pressed",
        ),
        (
            (
                n,
                a.id,
                1,
                a.answered_at,
                a.answered_at,
                r["comment"],
                r["fit"],
                r["offered"],
                r["likely"],
                r["call_me"],
                r["who_may_see"],
                r["was_pressed"],
            )
            for n, (a, r) in enumerate(zip(answered, ratings, strict=True), 1)
        ),
    )
    copy_rows(
        ResponseVersion,
        ("response_id", "version", "at", "content"),
        ((n, 1, a.answered_at, r) for n, (a, r) in enumerate(zip(answered, ratings, strict=True), 1)),
    )
    copy_rows(
        Answer,
        ("response_id", "behaviour_key", "value", "comment", "customer_id", "salesperson_id", "month"),
        (
            (n, key, word, "", a.someone.id, a.someone.owner_id, a.round.month)
            for n, (a, r) in enumerate(zip(answered, ratings, strict=True), 1)
            for key, word in r["words"].items()
        ),
    )


def _rating(rng: random.Random, a: Asked, skill: Skill) -> dict[str, Any]:
    said = {}
    for key in skill.level:
        chance = skill.chance(key, a.months_ago)
        if rng.random() < 0.04:
            said[key] = "cant_judge"
        elif rng.random() < chance:
            said[key] = "excellent" if rng.random() < chance * 0.6 else "good"
        else:
            said[key] = rng.choices(("average", "fair", "poor"), (6, 3, 1))[0]
    good = sum(word in rules.GOOD for word in said.values())
    comment = ""
    if rng.random() < 0.22:
        french = a.someone.language == "fr"
        kind, unkind = (
            (words.COMMENTS_GOOD_FR, words.COMMENTS_BAD_FR) if french else (words.COMMENTS_GOOD, words.COMMENTS_BAD)
        )
        comment = rng.choice(kind if good >= 4 else unkind)
    fit = rng.choices(("yes", "no", "cant_judge"), (86, 9, 5))[0]
    return {
        "words": said,
        "reasons": {},
        "comment": comment,
        "fit": fit,
        "offered": rng.random() < skill.chance("listening", a.months_ago) * 0.85 if fit == "no" else None,
        "likely": min(10, max(0, round(rng.gauss(5 + good, 1.5))))
        if rules.asks_likely_to_stay(a.round.month)
        else None,
        "call_me": good < 2 and rng.random() < 0.1,
        "who_may_see": rng.choices(("salesperson", "manager", "nobody"), (5, 2, 3))[0],
        "was_pressed": _strewn(a) % (ONE_IN * 40) == 0 if _strewn(a) % ONE_IN == 0 else None,
    }
