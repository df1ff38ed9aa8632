"""Words looked for, the misspelt forms each forgives, and where a text holds them."""

import re
import string
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

MOST_WORDS = 6
SURE = 4  # a shorter word is taken as it is written
START = 2  # a shorter one is the start of too many
MANY_TEXTS = 0.01  # what so large a share of them hold is no slip of another word


def fold(text: str) -> str:
    """Lower case without accents, as the database folds."""
    parts = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).lower()


def words_of(text: str) -> list[str]:
    """The folded words of a text, each once."""
    return list(dict.fromkeys(re.findall(r"[^\W_]+", fold(text))))


# In so many sentences that looking for them finds everything: English, German, French.
COMMON = frozenset(
    words_of("""
    a an and are as at be by for from has have her his i in is it its of on or our she that the their they this to
    was we with you
    der die das den dem des ein eine einen er sie es ihr sein und oder mit von zu im auf fur ist hat
    le la les un une du de et ou il elle son sa ses en au aux pour avec est que qui
    """)
)


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


def spellings(words: Iterable[str]) -> set[str]:
    """Every spelling, right or one slip away, of every one of the words."""
    return set().union(*map(near, words))


def tsquery(asked: Iterable[str], forms: Mapping[str, Collection[str]]) -> str:
    """PostgreSQL’s query for texts with every word asked for: in one of its ``forms``, without any as a beginning."""
    return " & ".join(f"({' | '.join(sorted(forms.get(word) or [beginning(word)]))})" for word in asked)


def telling(text: str) -> list[str]:
    """The first words that tell one text from another; of all words where none does."""
    return ([word for word in words_of(text) if word not in COMMON] or words_of(text))[:MOST_WORDS]


def beginning(word: str) -> str:
    """A word as the start of others; half of all texts hold a word that starts with one letter or a common word."""
    return word if len(word) < START or word in COMMON else f"{word}:*"


def common_forms(asked: Iterable[str], shares: Mapping[str, float]) -> dict[str, set[str]]:
    """What to look up instead of a beginning that many texts hold: the commonest words that begin with it, and itself.

    ``shares`` tells in which share of the texts a common word is. Each of them is looked up ten times faster than a
    beginning, and the rare words left out would not be seen among so many.
    """
    forms = {}
    for word in asked:
        whole = beginning(word) == word
        begun = {each for each in shares if each == word or (not whole and each.startswith(word))}
        if sum(shares[each] for each in begun) >= MANY_TEXTS:
            forms[word] = begun | {word}
    return forms


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
