"""How far differences between people are more than chance, and what a share is worth once chance is taken out.

Used to explain numbers, never to judge or to pay.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """How people's true shares of one behaviour differ. ``inside`` is the variance of one customer's voice."""

    mean: float
    between: float
    inside: float

    def reliability(self, customers: int) -> float:
        """The part of the variance of shares from so many customers that is true difference, 0 to 1 (Spearman 1904)."""
        whole = self.between + self.inside / customers if customers else 0.0
        return self.between / whole if whole else 0.0

    def shrunken(self, share: float, customers: int) -> float:
        """The empirical Bayes share: drawn towards the mean, the more the fewer customers (Efron and Morris 1975)."""
        return self.mean + self.reliability(customers) * (share - self.mean)


@dataclass(frozen=True)
class Sums:
    """What a spread needs of the people: how many, and sums over them of customers n, n², n x share, n x share²."""

    people: int
    n: float
    nn: float
    ns: float
    nss: float


def sums_of(people: Iterable[tuple[float, int]]) -> Sums:
    """The sums of ``(share, customers)`` of several people; who has no customer is no one."""
    rated = [(share, customers) for share, customers in people if customers]
    return Sums(
        len(rated),
        sum(n for _, n in rated),
        sum(n * n for _, n in rated),
        sum(n * share for share, n in rated),
        sum(n * share * share for share, n in rated),
    )


def spread_of(sums: Sums) -> Spread | None:
    """The spread of people's shares; None for fewer than two.

    The variance between people by moments (DerSimonian and Laird 1986), never under zero. Inside, a customer's voice
    varies at most as one yes or no of the common mean: reliability is told a little too low rather than too high.
    """
    if sums.people < 2:
        return None
    mean = sums.ns / sums.n
    inside = mean * (1 - mean)
    if inside <= 0:
        return Spread(mean, 0.0, 0.0)
    seen = max(0.0, sums.nss - mean * mean * sums.n) / inside
    scale = (sums.n - sums.nn / sums.n) / inside
    return Spread(mean, max(0.0, (seen - (sums.people - 1)) / scale), inside)
