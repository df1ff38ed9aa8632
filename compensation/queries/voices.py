"""What customers said in the simulator's months: read at once where it is little, else in parts, kept for an hour."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Sum

from compensation import rules
from report_cards.models import RoundTally
from report_cards.queries import paying_voices_of_each
from report_cards.queries.counts import Voices

KEPT = 3600
# So many answered letters are read in about half a second.
FEW = 30_000

# A salesperson with the first and the last of the months that count.
Whose = tuple[int, date, date]
Found = Mapping[Whose, Voices]


def whose(person: int, days: rules.Span) -> Whose:
    """The months of somebody's days, none of which may be missing."""
    return person, days.start.replace(day=1), days.end.replace(day=1)


def are_few(wanted: Iterable[Whose]) -> bool:
    """Whether somebody can wait for them to be read: by how many answered, as counted when each round closed."""
    people = {person: (first, last) for person, first, last in wanted}
    if not people:
        return True
    months = min(first for first, _ in people.values()), max(last for _, last in people.values())
    told = RoundTally.objects.filter(salesperson__in=people, month__range=months)
    return (told.aggregate(sum=Sum("answered"))["sum"] or 0) <= FEW


def read(wanted: Iterable[Whose]) -> dict[Whose, Voices]:
    """Two queries; two more where two plans count other months of the same person."""
    found: dict[Whose, Voices] = {}
    left = set(wanted)
    while left:
        months = {person: (first, last) for person, first, last in sorted(left)}
        said = paying_voices_of_each(months)
        found |= {(each, *span): dict(said.get(each, {})) for each, span in months.items()}
        left -= found.keys()
    return found


def keep(found: Found, *, at: datetime) -> None:
    """Keep what was read for an hour, with the moment it was read at."""
    cache.set_many({_key(one): (at, voices) for one, voices in found.items()}, KEPT)


def kept(wanted: Iterable[Whose]) -> tuple[dict[Whose, Voices], datetime] | None:
    """What was read of everybody, and when the first of it; None where somebody's is not kept any more."""
    keys = {_key(one): one for one in wanted}
    found = cache.get_many(keys)
    if not keys or len(found) < len(keys):
        return None
    return {keys[key]: voices for key, (_, voices) in found.items()}, min(at for at, _ in found.values())


def _key(one: Whose) -> str:
    person, first, last = one
    return f"simulation:voices:{person}:{first:%Y-%m}:{last:%Y-%m}"
