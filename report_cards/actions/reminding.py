"""Those who decide on what a round leaves out or holds hear of it, and again every two days, one rung higher."""

from collections import Counter, defaultdict
from datetime import date, datetime

from django.urls import reverse

from firm.actions import Notice, notify_all
from report_cards.models import Exclusion, Round
from report_cards.queries.deciders import Deciders
from report_cards.queries.exclusions import held_addresses, ladder_of
from report_cards.rules.deciding import steps_since


def remind_deciders(*, at: datetime) -> int:
    """Tell each decider once a month and step how much waits; how many notices were new."""
    waiting = _waiting(at)
    rounds = Round.objects.in_bulk({month for _, month in waiting}, field_name="month")
    notices = []
    for (user_id, month), counts in waiting.items():
        round_ = rounds.get(month)
        # Before the draw it is said once a week, after it at each step.
        turn = f"{steps_since(round_.drawn_at, at)}" if round_ else f"{at:%G-%V}"
        url = reverse("exclusions") if counts["exclusion"] else reverse("held_addresses")
        notices.append(Notice(user_id, _words(counts, month), url, key=f"decide-{month:%Y-%m}-{turn}"))
    return notify_all(notices)


def _waiting(at: datetime) -> dict[tuple[int, date], Counter[str]]:
    """By decider and month: how many exclusions and how many addresses."""
    deciders, counts = Deciders(), defaultdict[tuple[int, date], Counter[str]](Counter)
    rounds = Round.objects.in_bulk(field_name="month")
    for row in Exclusion.objects.filter(is_approved=None).select_related("salesperson"):
        round_ = rounds.get(row.month)
        if round_ is None or round_.takes_answers(at):
            for user_id in ladder_of(row, deciders).told(since=round_.drawn_at if round_ else None, at=at):
                counts[user_id, row.month]["exclusion"] += 1
    for held in held_addresses():
        for user_id in ladder_of(held, deciders).told(since=held.round.drawn_at, at=at):
            counts[user_id, held.round.month]["address"] += 1
    return counts


def _words(counts: Counter[str], month: date) -> str:
    parts = []
    if count := counts["exclusion"]:
        parts.append("1 contact left out" if count == 1 else f"{count} contacts left out")
    if count := counts["address"]:
        parts.append("1 changed address" if count == 1 else f"{count} changed addresses")
    verb = "waits" if counts.total() == 1 else "wait"
    return f"{month:%B %Y}: {' and '.join(parts)} {verb} for your decision."
