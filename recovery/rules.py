"""When a case's milestones fall due, what is late, who may close it, and which secret suits a failure.

Pure functions. Moments are aware datetimes; all arithmetic is on elapsed seconds, so a day is 86,400 s in every zone
and across daylight saving.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

HOUR = 3600
PROMISE_SECONDS = 24 * HOUR

# The promise of the firm, shorter by severity and never longer than 24 hours.
SECONDS_TO: dict[str, dict[str, int]] = {
    "acknowledge": {"low": HOUR, "medium": HOUR, "high": HOUR, "critical": HOUR // 2},
    "fix": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 12 * HOUR, "critical": 4 * HOUR},
    "surprise": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 24 * HOUR, "critical": 12 * HOUR},
    "apologise": {"low": 24 * HOUR, "medium": 24 * HOUR, "high": 24 * HOUR, "critical": 12 * HOUR},
}
PROMISED = tuple(SECONDS_TO)
# No severity and no change makes a milestone due later than this after the report.
LONGEST = {kind: max(seconds.values()) for kind, seconds in SECONDS_TO.items()}
NEEDED_TO_CLOSE = ("fix", "surprise", "apologise")
CHECK_BACK_DAYS = {"check_back_7": 7, "check_back_90": 90}

# Mildest first; the place in this table is how bad a threshold is.
THRESHOLDS: dict[str, int] = {"24h": 24 * HOUR, "12h": 12 * HOUR, "4h": 4 * HOUR, "1h": HOUR, "overdue": 0}
THRESHOLD_WORDS = {
    "24h": "is due within 24 hours",
    "12h": "is due within 12 hours",
    "4h": "is due within 4 hours",
    "1h": "is due within the hour",
    "overdue": "is overdue",
}
STALE_SECONDS = 180


def later(moment: datetime, seconds: int) -> datetime:
    """``moment`` plus elapsed seconds, in UTC."""
    return moment.astimezone(UTC) + timedelta(seconds=seconds)


def due_times(severity: str, reported_at: datetime) -> dict[str, datetime]:
    """When each milestone of the promise falls due."""
    return {kind: later(reported_at, seconds[severity]) for kind, seconds in SECONDS_TO.items()}


def latest_due(kind: str, promised_from: datetime) -> datetime:
    """The latest moment a milestone of the promise may be due: 24 hours, for acknowledging one."""
    return later(promised_from, LONGEST[kind])


def check_backs(closed_at: datetime) -> dict[str, datetime]:
    """When to ask again after closing."""
    return {kind: later(closed_at, days * 24 * HOUR) for kind, days in CHECK_BACK_DAYS.items()}


def passed(due_at: datetime, at: datetime) -> list[str]:
    """Thresholds reached at a moment, mildest first; one is reached when its time before ``due_at`` has come."""
    left = (due_at - at).total_seconds()
    return [name for name, ahead in THRESHOLDS.items() if left <= ahead]


def next_flag(due_at: datetime, at: datetime) -> datetime | None:
    """The first moment after ``at`` at which a further threshold is reached; None when it is overdue."""
    left = (due_at - at).total_seconds()
    return next((later(due_at, -ahead) for ahead in THRESHOLDS.values() if left > ahead), None)


def badness(threshold: str) -> int:
    """How bad a threshold is: 0 for 24 h up to 4 for overdue."""
    return list(THRESHOLDS).index(threshold)


def as_bad(threshold: str) -> list[str]:
    """This threshold and all worse ones."""
    return list(THRESHOLDS)[badness(threshold) :]


def clock_face(due_at: datetime, at: datetime) -> str:
    """Hours and minutes left as “05:12”, whole minutes rounded down; “−00:03” once late."""
    seconds = (due_at - at).total_seconds()
    minutes = int(abs(seconds) // 60)
    return f"{'−' if seconds < 0 else ''}{minutes // 60:02d}:{minutes % 60:02d}"


def span_words(seconds: float) -> str:
    """A length of time: “12 min”, “5 h 12 min”, “3 days 4 h”."""
    minutes = int(abs(seconds) // 60)
    hours, minute = divmod(minutes, 60)
    if hours < 48:
        return " ".join(
            part for part, there in ((f"{hours} h", hours), (f"{minute} min", minute or not hours)) if there
        )
    days, hour = divmod(hours, 24)
    return f"{days} days {hour} h" if hour else f"{days} days"


def lateness(due_at: datetime, at: datetime) -> str:
    """“due in 5 h 12 min” or “late by 3 min”."""
    seconds = (due_at - at).total_seconds()
    return f"due in {span_words(seconds)}" if seconds >= 0 else f"late by {span_words(seconds)}"


def done_words(due_at: datetime, done_at: datetime, reported_at: datetime) -> str:
    """“11 min after the report”, with how late where it was."""
    taken = f"{span_words((done_at - reported_at).total_seconds())} after the report"
    late = (done_at - due_at).total_seconds()
    return f"{taken}, {span_words(late)} late" if late > 0 else taken


def is_stale(heartbeat: datetime | None, at: datetime) -> bool:
    """Whether the ticking has stopped: no beat within three minutes."""
    return heartbeat is None or (at - heartbeat).total_seconds() > STALE_SECONDS


def missing_to_close(done: Collection[str]) -> list[str]:
    """What a case still lacks before it may close without a manager's reason."""
    return [kind for kind in NEEDED_TO_CLOSE if kind not in done]


def may_close(done: Collection[str], *, is_manager: bool, reason: str) -> bool:
    """Fixed, surprised and apologised for; or with a manager's stated reason."""
    return not missing_to_close(done) or (is_manager and bool(reason.strip()))


def may_open(roles: Collection[str]) -> bool:
    """Service, salespeople and managers open cases of the customers they see."""
    return bool({"service", "salesperson", "manager"} & set(roles))


def may_tick(*, roles: Collection[str], user_id: int, agent_id: int, owner_id: int | None) -> bool:
    """Any service agent, the case's agent and the customer's owner tick milestones."""
    return "service" in roles or user_id in (agent_id, owner_id)


def may_steer(*, roles: Collection[str], user_id: int, agent_id: int, owner_id: int | None) -> bool:
    """Who ticks, and managers who see the case, may close, reopen and hand it over."""
    return "manager" in roles or may_tick(roles=roles, user_id=user_id, agent_id=agent_id, owner_id=owner_id)


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


def rank(candidates: Iterable[Candidate], *, root_cause: str, at: datetime) -> list[Ranked]:
    """Best secret for this failure first; resting ones last."""
    ranked = [judge(candidate, root_cause=root_cause, at=at) for candidate in candidates]
    return sorted(ranked, key=lambda one: (one.is_resting, -one.score, one.id))


def judge(candidate: Candidate, *, root_cause: str, at: datetime) -> Ranked:
    """Score one secret by fit, freshness, confidence and use, with the reasons in words."""
    parts = [_fit(candidate, root_cause), _freshness(candidate, at), _confidence(candidate), _use(candidate)]
    resting = is_resting(candidate.resting_until, at)
    why = "resting, was used lately" if resting else ", ".join(words for _, words in parts if words)
    return Ranked(candidate.id, sum(score for score, _ in parts), why, resting)


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
    return (20, "never used") if candidate.uses == 0 else (0, f"used {candidate.uses} times before")


# What we say we did wrong, by the reader's language and the root cause.
WRONGS: dict[str, dict[str, str]] = {
    "en": {
        "delivery": "What you ordered did not reach you as we had agreed.",
        "quality": "What we delivered was not good enough.",
        "billing": "Our bill was wrong.",
        "promise": "We gave you our word and did not keep it.",
        "behaviour": "We did not treat you as you may expect of us.",
        "information": "What we told you was wrong.",
        "other": "We let you down.",
    },
    "fr": {
        "delivery": "Votre commande ne vous est pas parvenue comme convenu.",
        "quality": "Ce que nous avons livré n’était pas à la hauteur.",
        "billing": "Notre facture était erronée.",
        "promise": "Nous vous avions donné notre parole et ne l’avons pas tenue.",
        "behaviour": "Nous ne vous avons pas traité comme vous êtes en droit de l’attendre.",
        "information": "Les renseignements que nous vous avons donnés étaient faux.",
        "other": "Nous n’avons pas été à la hauteur.",
    },
}
LETTERS = {
    "en": (
        "Dear {name},",
        "{wrong} That was our mistake, from start to finish, and I am sorry.",
        "What we have done about it: {fix}",
        "It does not make up for it, but we thought of you: {surprise}",
        "If anything is still not right, answer this letter and it reaches me.",
        "{agent}\n{firm}",
    ),
    "fr": (
        "Bonjour {name},",
        "{wrong} C’était notre erreur, du début à la fin, et je vous prie de nous en excuser.",
        "Ce que nous avons fait : {fix}",
        "Cela ne répare pas tout, mais nous avons pensé à vous : {surprise}",
        "Si quelque chose ne va toujours pas, répondez à cette lettre : elle m’arrive directement.",
        "{agent}\n{firm}",
    ),
}


def draft_apology(*, language: str, root_cause: str, name: str, fix: str, surprise: str, agent: str, firm: str) -> str:
    """A letter to be edited by a person. It merges the surprise as somebody wrote it, never the secret behind it."""
    words = {
        "name": name,
        "wrong": WRONGS[language][root_cause],
        "fix": fix,
        "surprise": surprise,
        "agent": agent,
        "firm": firm,
    }
    said = [
        part
        for part in LETTERS[language]
        if not (("{fix}" in part and not fix) or ("{surprise}" in part and not surprise))
    ]
    return "\n\n".join(part.format(**words) for part in said)
