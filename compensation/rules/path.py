"""The way of a plan from products to relationships, as blocks to draw."""

from dataclasses import dataclass
from typing import Final

from compensation.rules.calendar import Span
from compensation.rules.inputs import WHOLE_BP
from compensation.rules.mix import YearMix

WIDTH: Final = 720
HEIGHT: Final = 120


@dataclass(frozen=True)
class Block:
    """One plan year: the product share below, the relationship share on top, in units of the drawing."""

    number: int
    x: int
    width: int
    relationship_height: int
    product_height: int
    product_bp: int
    relationship_bp: int


def path(years: list[tuple[YearMix, Span]]) -> list[Block]:
    """The plan years side by side, as wide as they are long."""
    total = sum(span.days for _, span in years) or 1
    blocks: list[Block] = []
    before = 0
    for mix, span in years:
        x, end = before * WIDTH // total, (before + span.days) * WIDTH // total
        high = min(max(0, mix.relationship_bp), WHOLE_BP) * HEIGHT // WHOLE_BP
        blocks.append(Block(mix.number, x, end - x, high, HEIGHT - high, mix.product_bp, mix.relationship_bp))
        before += span.days
    return blocks
