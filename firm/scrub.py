"""Taking names out of texts: the same whole words in any column, whatever the case."""

import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

from django.db import models
from django.db.models import Func, Q, QuerySet, Value
from django.db.models.functions import Cast

ERASED = "[erased]"
# Shorter ones would take half of the language with them.
SHORTEST = 3
# Where Postgres' regular expressions give these a meaning.
SPECIAL = frozenset("\\^$.|?*+()[]{}")


def pattern_of(words: Iterable[str]) -> str:
    """A POSIX expression that matches any of the words as a whole, longest first; empty when there is none to match.

    Each is looked for as JSON writes it, and as it stands in an address, too.
    """
    plain = {word.strip() for word in words if len(word.strip()) >= SHORTEST}
    found = plain | {json.dumps(word, ensure_ascii=False)[1:-1] for word in plain}
    found |= {written(word) for word in plain for written in (quote, quote_plus)}
    if not found:
        return ""
    escaped = ["".join(f"\\{one}" if one in SPECIAL else one for one in word) for word in found]
    return rf"(?<!\w)(?:{'|'.join(sorted(escaped, key=len, reverse=True))})(?!\w)"


def naming(pattern: str, fields: Iterable[str]) -> Q:
    """Rows of which a text or JSON field holds a match."""
    condition = Q(pk__in=[])
    for field in fields:
        condition |= Q(**{f"{field}__iregex": pattern})
    return condition


def scrub(rows: QuerySet[models.Model], fields: Iterable[str], pattern: str) -> int:
    """Put ``[erased]`` where a text or JSON field of the rows matches; how many rows and fields it was."""
    if not pattern:
        return 0
    return sum(_scrub_field(rows, field, pattern) for field in fields)


def _scrub_field(rows: QuerySet[models.Model], name: str, pattern: str) -> int:
    field = rows.model._meta.get_field(name)
    assert isinstance(field, models.Field)
    text = Cast(name, models.TextField())
    hits = rows.order_by().alias(scrubbed=text).filter(scrubbed__iregex=pattern)
    cleaned = Func(text, Value(pattern), Value(ERASED), Value("gi"), function="regexp_replace")
    return int(hits.update(**{name: Cast(cleaned, field)}))
