"""Weights of a measure: in basis points, and always 10 000 together.

They move in whole percents as long as everybody is a whole percent, in basis points once somebody is not. What is left
over by rounding goes to the largest remainders, the earlier first (the method of Hamilton). ``static/js/weights.js``
does the same sums in the browser; a test compares the two.
"""

from collections.abc import Collection, Sequence

WHOLE = 10_000
PERCENT = 100


def spread(weights: Sequence[int], place: int, wish: int, locked: Collection[int] = ()) -> list[int]:
    """Set one weight as near to ``wish`` as it can be; the others give or take in proportion, the locked stay.

    Nobody falls under one unit. Locks that leave no room, or hold nothing, are not obeyed.
    """
    locked = {n for n in locked if weights[n]}
    others = [n for n in range(len(weights)) if n != place]
    free = [n for n in others if n not in locked]
    fixed = sum(weights[n] for n in others if n in locked)
    unit = _unit([wish, *(weights[n] for n in others)])
    room = WHOLE - fixed - unit * len(free)
    if locked and room < unit:
        return spread(weights, place, wish)
    moved = min(max(wish, unit), room) if free else WHOLE - fixed
    rest = _hand_out(WHOLE - fixed - moved, [weights[n] for n in free], unit)
    new = dict(zip(free, rest, strict=True)) | {place: moved}
    return [new.get(n, weight) for n, weight in enumerate(weights)]


def fill(weights: Sequence[int], locked: Collection[int] = ()) -> list[int]:
    """Make the sum 100 %: the free weights keep their proportions, the locked stay if that leaves room."""
    locked = {n for n in locked if weights[n]}
    free = [n for n in range(len(weights)) if n not in locked]
    fixed = sum(weights[n] for n in range(len(weights)) if n in locked)
    unit = _unit([weights[n] for n in range(len(weights)) if n in locked])
    if not free or WHOLE - fixed < unit * len(free):
        return fill(weights) if locked else []
    new = dict(zip(free, _hand_out(WHOLE - fixed, [weights[n] for n in free], unit), strict=True))
    return [new.get(n, weight) for n, weight in enumerate(weights)]


def share(count: int, weights: Sequence[int] = (), locked: Collection[int] = ()) -> list[int]:
    """The same for everybody, whole percents; the locked keep theirs."""
    return fill([weights[n] if n in locked else 1 for n in range(count)], locked)


def _unit(weights: Sequence[int]) -> int:
    return 1 if any(weight % PERCENT for weight in weights) else PERCENT


def _hand_out(total: int, parts: Sequence[int], unit: int) -> list[int]:
    """``total`` in proportion to ``parts``, each at least a unit, in whole units; evenly where nobody has anything."""
    spare = total // unit - len(parts)
    pulls = [max(0, part - unit) for part in parts]
    if not sum(pulls):
        pulls = [1] * len(parts)
    given = [spare * pull // sum(pulls) for pull in pulls]
    left = spare - sum(given)
    by_remainder = sorted(range(len(parts)), key=lambda n: -(spare * pulls[n] % sum(pulls)))
    return [unit * (1 + given[n] + (n in by_remainder[:left])) for n in range(len(parts))]
