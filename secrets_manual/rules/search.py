"""Words looked for, the misspelt forms each forgives, and where a text holds them."""

import re
import string
import unicodedata
from collections.abc import Collection, Iterator

MOST_WORDS = 6
SURE = 4  # a shorter word is taken as it is written


def fold(text: str) -> str:
    """Lower case without accents, as the database folds."""
    parts = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> list[str]:
    """The folded words of a text, each once."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", fold(text))))


def near(word: str) -> set[str]:
    """A word and every spelling one slip away: two letters swapped, one missing, one wrong, one too many."""
    if len(word) < SURE:
        return {word}
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    swapped = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    missing = {head + tail[1:] for head, tail in cuts if tail}
    wrong = {head + letter + tail[1:] for head, tail in cuts if tail for letter in string.ascii_lowercase}
    extra = {head + letter + tail for head, tail in cuts for letter in string.ascii_lowercase}
    return {word} | swapped | missing | wrong | extra


def spellings(text: str) -> set[str]:
    """Every spelling, right or one slip away, of every word of ``text``."""
    return set().union(*map(near, words_of(text)[:MOST_WORDS]))


def tsquery(text: str, known: Collection[str] = ()) -> str:
    """PostgreSQL’s query for texts with every word of ``text``, as a beginning or in one of the ``known`` spellings."""
    asked = words_of(text)[:MOST_WORDS]
    return " & ".join(f"({' | '.join([f'{word}:*', *sorted(near(word).intersection(known))])})" for word in asked)


def pieces(text: str, looked_for: str) -> list[tuple[str, bool]]:
    """The text cut up, in order, each piece with whether it is a word looked for."""
    asked = words_of(looked_for)[:MOST_WORDS]
    forms = set().union(*map(near, asked)) if asked else set()
    return [(piece, _is_hit(fold(piece), asked, forms)) for piece in _cut(text)]


def holds(text: str, looked_for: str) -> bool:
    """Whether a text has every word looked for: as it is, as a beginning, or one slip away."""
    words = words_of(text)
    return all(any(_is_hit(word, [asked], near(asked)) for word in words) for asked in words_of(looked_for))


def _is_hit(word: str, asked: list[str], forms: set[str]) -> bool:
    return word in forms or (len(word) > 1 and any(word.startswith(each) for each in asked))


def _cut(text: str) -> Iterator[str]:
    yield from (piece for piece in re.split(r"([^\W_]+)", text) if piece)
