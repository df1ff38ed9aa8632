"""What changed between two frozen inputs of the same statement, in words."""

from fractions import Fraction
from typing import Any

from compensation.rules.text import plain

WHOLE = (("target_bonus", "target bonus"), ("eligible_days", "eligible days"))


def what_changed(before: dict[str, Any], now: dict[str, Any], component: str) -> str:
    """Why a line comes out otherwise: each fact that is another now, as “revenue 90,000 is 95,000”."""
    words = [
        f"{word} {_said(before[key])} is {_said(now[key])}" for key, word in WHOLE if before.get(key) != now.get(key)
    ]
    was, is_ = (_part(inputs, component) for inputs in (before, now))
    for key, word in (("actual", "revenue"), ("quota", "quota")):
        if was.get(key) != is_.get(key):
            words.append(f"{word} {_said(was.get(key))} is {_said(is_.get(key))}")
    if was.get("behaviours") != is_.get("behaviours"):
        words.append(f"answers {_answers(was)} are {_answers(is_)}")
    return "; ".join(words) or "the plan pays it otherwise"


def _part(inputs: dict[str, Any], component: str) -> dict[str, Any]:
    return next((part for part in inputs.get("components", []) if part["key"] == component), {})


def _answers(part: dict[str, Any]) -> str:
    pairs = [pair for one in part.get("behaviours", []) for pair in one["customers"]]
    good, rated = (sum(pair[place] for pair in pairs) for place in (0, 1))
    return f"{good:,} good of {rated:,}"


def _said(value: object) -> str:
    return "none" if value is None else plain(Fraction(str(value)))
