"""What compensation forgets of a customer: their names in what people wrote about pay. Numbers name nobody."""

from collections.abc import Iterable

import pgtrigger
from django.db import transaction

from compensation.queries.naming import TEXTS
from firm.scrub import pattern_of, scrub

# Words stay as they were said in all but this: a name the law has us take out.
KEEPERS = ("compensation.DisputeMessage:append_only", "compensation.Adjustment:adjustment_says_the_same")


@transaction.atomic
def forget_in_texts(*, words: Iterable[str]) -> dict[str, int]:
    """Put ``[erased]`` where disputes, their threads and decisions, adjustments and dropped runs name somebody."""
    pattern = pattern_of(words)
    with pgtrigger.ignore(*KEEPERS):
        count = sum(scrub(model._default_manager.all(), fields, pattern) for model, _, fields in TEXTS)
    return {"texts about pay naming them": count}
