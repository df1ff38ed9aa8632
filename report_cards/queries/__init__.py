"""Reads of rounds and ratings that span models."""

from report_cards.queries.comments import (
    AT_THE_END,
    CALLS_SHOWN,
    Comment,
    behaviour_names,
    calls_asked_for,
    comments_from,
    comments_of,
    find_comments,
    forgiving,
)
from report_cards.queries.counts import asked_and_answered, paying_voices, paying_voices_of_each
from report_cards.queries.drawing import candidates
from report_cards.queries.improved import award_of, awards
from report_cards.queries.integrity import (
    answered,
    deciders_on,
    in_quarantine,
    line_of,
    pressure,
    quarantines,
    quarantines_seen_by,
    set_aside_together,
)
from report_cards.queries.likely import Likely, last_likely
from report_cards.queries.plan_trend import plan_trend
from report_cards.queries.plans import (
    Offer,
    Todo,
    ended_within,
    newest_round,
    offers_of,
    open_plans_by_key,
    plan_counts,
    plan_row,
    plan_rows,
    plans_of_team,
    plans_waiting,
    waiting_for_a_place,
    with_parts,
)
from report_cards.queries.policy import the_policy
from report_cards.queries.progress import left_out
from report_cards.queries.results import (
    BehaviourRow,
    PersonRow,
    Results,
    led_by,
    people_results,
    results_of,
    results_of_each,
)
from report_cards.queries.sending import Provider, providers, silenced
from report_cards.queries.spread import FirmSpread, firm_spreads
from report_cards.queries.standings import Pair, common_behaviours, people_voices, quarters, standings
from report_cards.queries.tallies import months_to_tally

__all__ = [
    "AT_THE_END",
    "CALLS_SHOWN",
    "BehaviourRow",
    "Comment",
    "FirmSpread",
    "Likely",
    "Offer",
    "Pair",
    "PersonRow",
    "Provider",
    "Results",
    "Todo",
    "answered",
    "asked_and_answered",
    "award_of",
    "awards",
    "behaviour_names",
    "calls_asked_for",
    "candidates",
    "comments_from",
    "comments_of",
    "common_behaviours",
    "deciders_on",
    "ended_within",
    "find_comments",
    "firm_spreads",
    "forgiving",
    "in_quarantine",
    "last_likely",
    "led_by",
    "left_out",
    "line_of",
    "months_to_tally",
    "newest_round",
    "offers_of",
    "open_plans_by_key",
    "paying_voices",
    "paying_voices_of_each",
    "people_results",
    "people_voices",
    "plan_counts",
    "plan_row",
    "plan_rows",
    "plan_trend",
    "plans_of_team",
    "plans_waiting",
    "pressure",
    "providers",
    "quarantines",
    "quarantines_seen_by",
    "quarters",
    "results_of",
    "results_of_each",
    "set_aside_together",
    "silenced",
    "standings",
    "the_policy",
    "waiting_for_a_place",
    "with_parts",
]
