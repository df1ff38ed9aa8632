"""Where texts about pay name a customer or somebody there, though they were asked to name orders instead."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import models

from compensation.models import Adjustment, Dispute, DisputeMessage, Run
from firm.scrub import naming, pattern_of

# What people type freely, with the moment they did. A plan's words are approved under a hash and about nobody outside.
TEXTS: Final[tuple[tuple[type[models.Model], str, tuple[str, ...]], ...]] = (
    (Dispute, "opened_at", ("text", "decision")),
    (DisputeMessage, "at", ("text",)),
    (Adjustment, "made_at", ("reason",)),
    (Run, "run_at", ("note",)),
)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


def sentences_naming(words: Iterable[str]) -> list[tuple[datetime, str]]:
    """The sentences that name somebody, with when the text was begun, oldest first; the rest is about staff's pay."""
    pattern = pattern_of(words)
    found: list[tuple[datetime, str]] = []
    for model, moment, fields in TEXTS if pattern else ():
        for at, *texts in model._default_manager.filter(naming(pattern, fields)).values_list(moment, *fields):
            parts = [part.strip() for text in texts for part in SENTENCE.split(text)]
            found += [(at, part) for part in parts if re.search(pattern, part, re.IGNORECASE)]
    return sorted(found, key=lambda said: said[0])
