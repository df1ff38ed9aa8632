"""Every change of a secret's attributes: who, when, why, and from what to what. Never a word of the secret."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone

from accounts.models import User
from customers.models import Contact
from secrets_manual.models import KEPT, Audience, Category, Secret, SecretChange, Sensitivity

MOST = 50
DEEDS = {
    "change_secret": "Changed",
    "confirm_secret": "Still true",
    "ask_later": "To be asked later",
    "unanswer_secret": "Answer taken back",
    "remove_secret": "Taken out of the manual",
    "restore_secret": "Put back",
    "use_secret": "Put to use",
    "unuse_secret": "Use taken back",
    "hush_secret": "Never to be mentioned aloud",
    "unhush_secret": "May be mentioned again",
    "rest_secret": "Laid to rest",
    "lift_rest": "Rest lifted",
}
# What a deed says by itself is not told again as a difference.
TOLD = {"confirmed_at", "removed_at", "never_aloud"}
LABELS = {
    "category": "category",
    "contact": "whose it is",
    "sensitivity": "sensitivity",
    "audiences": "who may use it",
    "how_learned": "how learned",
    "confidence": "confidence",
    "never_aloud": "never mention aloud",
    "confirmed_at": "last confirmed",
    "ask_again_on": "to be asked again",
    "resting_until": "rests until",
    "removed_at": "taken out",
}


@dataclass(frozen=True)
class Change:
    """One change: when, by whom, what was done and why, and each difference as (what, before, after)."""

    at: datetime
    by: str
    deed: str
    reason: str
    differences: list[tuple[str, str, str]]


def history_of(secret: Secret, user: User) -> list[Change]:
    """The newest changes first, in at most four queries; special times of a secret are for its author alone."""
    rows = SecretChange.objects.filter(pgh_obj=secret.pk).select_related("pgh_context").order_by("-pgh_id")
    states: list[Any] = [secret, *rows[:MOST]]
    if len(states) == 1:
        return []
    is_author = secret.discovered_by_id == user.pk
    people = User.objects.get_queryset().in_bulk({told(row).get("user") for row in states[1:]} - {None})
    words = _wording(states)
    return [
        _change(before, after, people, words)
        for after, before in pairwise(states)
        if is_author or Sensitivity.SPECIAL not in (before.sensitivity, after.sensitivity)
    ]


def told(row: Any) -> dict[str, Any]:
    """What was noted with a change: deed, user, reason."""
    return row.pgh_context.metadata if row.pgh_context else {}


def _change(before: Any, after: Any, people: dict[int, User], words: dict[str, Callable[[Any], str]]) -> Change:
    about = told(before)
    deed = DEEDS.get(about.get("deed", ""), "Changed")
    silent = TOLD if about.get("deed") in DEEDS and about["deed"] != "change_secret" else {"confirmed_at"}
    by = people.get(about.get("user") or 0)
    pairs = [(name, _value(before, name), _value(after, name)) for name in KEPT if name not in silent]
    differences = [
        (LABELS[name], words.get(name, str)(old), words.get(name, str)(new)) for name, old, new in pairs if old != new
    ]
    return Change(before.pgh_created_at, by.name if by else "the system", deed, about.get("reason", ""), differences)


def _value(row: Any, name: str) -> Any:
    value = getattr(row, f"{name}_id" if name in {"category", "contact"} else name)
    # In whatever order they were once stored: it says nothing.
    return sorted(value) if name == "audiences" else value


def _wording(states: Iterable[Any]) -> dict[str, Callable[[Any], str]]:
    """How each attribute is told to people."""
    states = list(states)
    categories = Category.objects.in_bulk({state.category_id for state in states})
    contacts = Contact.objects.in_bulk({state.contact_id for state in states} - {None})
    return {
        "category": lambda pk: categories[pk].name,
        "contact": lambda pk: contacts[pk].name if pk in contacts else "somebody removed" if pk else "the customer",
        "sensitivity": lambda key: Sensitivity(key).label.lower(),
        "audiences": lambda keys: ", ".join(Audience(key).label.lower() for key in keys),
        "how_learned": lambda key: Secret.HowLearned(key).label.lower(),
        "confidence": lambda number: Secret.Confidence(number).label.lower(),
        "never_aloud": lambda flag: "yes" if flag else "no",
        "confirmed_at": _day,
        "ask_again_on": _day,
        "resting_until": lambda moment: _day(moment) if moment else "not resting",
        "removed_at": lambda moment: _day(moment) if moment else "in the manual",
    }


def _day(moment: Any) -> str:
    day = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return str(day.strftime("%-d %B %Y"))
