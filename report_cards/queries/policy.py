"""The firm's choices about report cards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from accounts.models import User
from report_cards.models import Policy

KEPT = 50
NAMES = {
    "plan_rule": "plan required",
    "send_from": "mail from",
    "send_until": "mail until",
    "pressure_sample_bp": "sample asked about pressure",
    "own_domains": "own domains",
    "own_networks": "own networks",
}


def the_policy() -> Policy:
    """The one row of choices, made with its defaults when it is first asked for."""
    return Policy.objects.get_or_create(pk=1)[0]


@dataclass(frozen=True)
class Change:
    """One change of the policy: what was, what is, by whom."""

    by: str
    at: datetime
    lines: Sequence[tuple[str, str, str]]


def policy_history() -> list[Change]:
    """The last changes, newest first. Two queries."""
    events = Policy.pgh_event_model.objects.order_by("-pgh_id")[: KEPT + 1]  # type: ignore[attr-defined]
    versions = list(events.values(*NAMES, "changed_by_id", "changed_at"))
    names = dict(User.objects.get_queryset().values_list("pk", "name"))
    return [
        Change(names.get(new["changed_by_id"], "the system"), new["changed_at"], lines)
        for new, old in pairwise(versions)
        if (
            lines := [(NAMES[key], _said(key, old[key]), _said(key, new[key])) for key in NAMES if old[key] != new[key]]
        )
    ]


def _said(key: str, value: Any) -> str:
    """A value as people read it."""
    if key == "plan_rule":
        return str(Policy.PlanRule(value).label)
    if key == "pressure_sample_bp":
        return f"{value / 100:g} %"
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return f"{value:%H:%M}"
