"""Plans in every state, for the tests of their pages."""

from datetime import UTC, date, datetime

from report_cards import actions
from report_cards.models import ActionPlan

from .answers import closed_month, words_for

CALLED_AT = datetime(2026, 11, 21, 23, tzinfo=UTC)
WRITTEN_AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
MEETS_AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
WORDS = actions.Written("I ask twice before I answer.", date(2027, 1, 31), (("Ask Judith first", date(2026, 11, 30)),))


def called(card, owner, customers, *, month=date(2026, 10, 1), at=CALLED_AT):
    """The plan a bad October calls for."""
    actions.call_for_plans(closed_month(card, month, {owner: words_for(customers, 2)}), at=at)
    return ActionPlan.objects.get(salesperson=owner)


def written(plan):
    return actions.write_action_plan(plan, WORDS, acting_user=plan.salesperson, at=WRITTEN_AT)


def agreed(plan, manager):
    return actions.answer_action_plan(written(plan), agree=True, answer="Good.", acting_user=manager, at=WRITTEN_AT)


def meeting(plan, who, *, at=WRITTEN_AT, starts_at=MEETS_AT):
    return actions.add_meeting(plan, actions.When(starts_at, 30, "Café Anker"), acting_user=who, at=at)
