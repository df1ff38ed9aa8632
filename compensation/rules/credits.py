"""A sale split between salespeople, to the cent."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

WHOLE_PPM: Final = 1_000_000
CENT: Final = Decimal("0.01")


def split(amount: Decimal, shares: Mapping[int, int]) -> dict[int, Decimal]:
    """What each key gets of an amount with two decimals by shares in millionths that sum to 1,000,000.

    Everybody gets the whole cents of their share; the cents left over go one each to the largest remainders, of equal
    ones to the lower key. A negative amount is split as its opposite. Raises ``ValueError`` where shares do not sum.
    """
    if sum(shares.values()) != WHOLE_PPM:
        raise ValueError(f"the shares sum to {sum(shares.values())} millionths, not {WHOLE_PPM}")
    cents = int(abs(amount).scaleb(2).to_integral_exact())
    parts = {key: divmod(cents * ppm, WHOLE_PPM) for key, ppm in shares.items()}
    left = cents - sum(down for down, _ in parts.values())
    lucky = set(sorted(parts, key=lambda key: (-parts[key][1], key))[:left])
    sign = -1 if amount < 0 else 1
    return {key: sign * (down + (key in lucky)) * CENT for key, (down, _) in parts.items()}


def taken_back(kept: Decimal, amount: Decimal, shares: Mapping[int, int]) -> dict[int, Decimal]:
    """What a reversal of ``amount`` takes from each, where ``kept`` of the sale had not come back before it.

    The difference it makes to each share: so a sale that comes back in pieces comes back from everybody to the cent.
    """
    before, after = split(kept, shares), split(kept + amount, shares)
    return {key: after[key] - before[key] for key in shares}
