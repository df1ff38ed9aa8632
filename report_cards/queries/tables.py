"""Results as rows of a table, for files and other systems: what the page shows, and nothing where it shows nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from report_cards import rules
from report_cards.queries.results import BehaviourRow, Results
from report_cards.queries.spread import FirmSpread

STATUSES = {"on_target": "on target", "watch": "watch", "below": "below", "too_few": "too few"}


def table_of(who: str, results: Results, spreads: Mapping[str, FirmSpread] | None = None) -> Iterator[dict[str, Any]]:
    """One row a behaviour; shares are 0 to 1, rounded to four places."""
    for row in results.rows:
        spread = (spreads or {}).get(row.behaviour.key)
        half = (spread.quarter, spread.three_quarters) if spread else (None, None)
        yield {
            "who": who,
            "month": f"{results.round.month:%Y-%m}",
            "three_months_to": f"{row.through:%Y-%m}" if row.is_shown and row.through else None,
            "behaviour": row.behaviour.name,
            "measure": row.behaviour.get_measure_display(),
            "weight": row.behaviour.weight_bp / 10_000,
            "target": float(row.behaviour.target),
            "asked": row.asked,
            **_said(row),
            "half_of_firm_from": _rounded(half[0]),
            "half_of_firm_to": _rounded(half[1]),
        }


def _said(row: BehaviourRow) -> dict[str, Any]:
    shown, words = row.is_shown, (*rules.WORDS, rules.CANT_JUDGE)
    return {
        "answered": row.answered if shown else None,
        "customers": row.result.customers if shown else None,
        **{word: row.counts.get(word, 0) if shown else None for word in words},
        "share": _rounded(row.result.share),
        "low": _rounded(row.result.low),
        "high": _rounded(row.result.high),
        "status": STATUSES[row.result.status],
    }


def _rounded(share: Any) -> float | None:
    return None if share is None else round(float(share), 4)
