"""Which words the texts of all secrets hold, as far as a search needs to know."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# In fewer texts every way of looking for a word is fast.
LARGE = 50_000

# The planner's own statistics, renewed by the database: the commonest thousand words or so and their shares.
COMMON = """
SELECT most_common_elems::text::text[], most_common_elem_freqs
FROM pg_stats JOIN pg_class ON pg_class.oid = to_regclass(tablename)
WHERE tablename = 'secrets_manual_secrettext' AND attname = 'vector' AND reltuples >= %s
"""
KNOWN = """
SELECT word FROM unnest(%s::text[]) word
WHERE EXISTS (SELECT FROM secrets_manual_secrettext WHERE vector @@ word::tsquery)
"""
ALIKE = "SELECT word, each FROM unnest(%s::text[]) word, unnest(%s::text[]) each WHERE word <%% each"


def common_words() -> dict[str, float]:
    """The commonest words and the share of texts that hold each; none while there are few texts."""
    with connection.cursor() as cursor:
        cursor.execute(COMMON, [LARGE])
        words, shares = cursor.fetchone() or ([], [])
    return {word: share for word, share in zip(words or (), shares or (), strict=False) if word.isalnum()}


def known_words(spellings: Collection[str]) -> set[str]:
    """Those of the spellings that are a word of any text: few of hundreds, and looked up in the index one by one.

    Otherwise the planner reads every text for each.
    """
    if not spellings:
        return set()
    with row_by_row("enable_seqscan", "enable_indexscan"), connection.cursor() as cursor:
        cursor.execute(KNOWN, [sorted(spellings)])
        return {row[0] for row in cursor.fetchall()}


def alike_words(words: Collection[str], among: Collection[str]) -> dict[str, set[str]]:
    """For each of the words those it shares most of its letters with, in their order."""
    found: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(ALIKE, [list(words), list(among)])
        for word, each in cursor.fetchall():
            found.setdefault(word, set()).add(each)
    return found


@contextmanager
def row_by_row(*ways: str) -> Iterator[None]:
    """Without these ways to run a query: those that read a whole table before the first row comes out."""
    ways = ways or ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("; ".join(f"SET LOCAL {way} = off" for way in ways))
        yield
        cursor.execute("; ".join(f"SET LOCAL {way} = on" for way in ways))
