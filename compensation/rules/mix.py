"""How a plan's years are mixed: the components, the templates, and where a mix breaks the method."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from compensation.rules.inputs import WHOLE_BP
from compensation.rules.text import percentage

NEW, CONTINUING = "new_revenue", "continuing_revenue"
SECRET_GATHERING, OUTSIDE_SOLUTIONS, RELATIONSHIP = "secret_gathering", "outside_solutions", "relationship"
REVENUES: Final = (NEW, CONTINUING)
RATINGS: Final = (SECRET_GATHERING, OUTSIDE_SOLUTIONS, RELATIONSHIP)
COMPONENTS: Final = REVENUES + RATINGS

LEAST_SECRET_GATHERING: Final = 2500
LEAST_OUTSIDE_SOLUTIONS: Final = 2000
MOST_BEHAVIOURS: Final = 6
DEFAULT_PRIOR_STRENGTH: Final = 10
DEFAULT_CONTINUING_DAYS: Final = 365
NO_BASELINE: Final = "Under 5 customers rated it in the twelve months before; its target stands in."
OUTSIDE_BEHAVIOUR: Final = "Offered someone else’s solution"
FEWEST_RESPONSES: Final = 12
FEWEST_CUSTOMERS: Final = 5

REVENUE_CURVE: Final = (("0.60", "0"), ("0.80", "0.60"), ("1.00", "1"), ("1.20", "1.50"))
RATING_CURVE: Final = (("0.70", "0"), ("1", "1"), ("1.25", "1.25"))


@dataclass(frozen=True)
class Template:
    """A mix for each plan year, in basis points by component."""

    key: str
    name: str
    why: str
    years: tuple[Mapping[str, int], ...]


def _mix(*weights: int) -> Mapping[str, int]:
    return dict(zip(COMPONENTS, weights, strict=True))


TEMPLATES: Final = {
    template.key: template
    for template in (
        Template(
            "80-50-30",
            "80/20 > 50/50 > 30/70",
            "Three years from products to relationships. In the first, 25 : 20 is scaled into 20 %.",
            (
                _mix(4000, 4000, 1000, 800, 200),
                _mix(2500, 2500, 2500, 2000, 500),
                _mix(1500, 1500, 2500, 2000, 2500),
            ),
        ),
        Template(
            "secret-agent",
            "Secret agent",
            "At least 25 % for secret gathering from the first year on, so year 1 begins at 70/30.",
            (
                _mix(3500, 3500, 2500, 300, 200),
                _mix(2500, 2500, 3000, 1000, 1000),
                _mix(1500, 1500, 3500, 1500, 2000),
            ),
        ),
        Template(
            "own-the-customer",
            "Own the customer",
            "20 % for someone else’s solution, every year, beside 25 % for secret gathering: year 1 begins at 50/50.",
            (
                _mix(2500, 2500, 2500, 2000, 500),
                _mix(2000, 2000, 2500, 2000, 1500),
                _mix(1500, 1500, 2500, 2000, 2500),
            ),
        ),
    )
}


@dataclass(frozen=True)
class YearMix:
    """The weights of one plan year and how many behaviours each rating component holds."""

    number: int
    weights: Mapping[str, int]
    behaviours: Mapping[str, int] = field(default_factory=dict)

    @property
    def product_bp(self) -> int:
        """What is paid for revenue."""
        return sum(self.weights.get(key, 0) for key in REVENUES)

    @property
    def total_bp(self) -> int:
        """What the weights come to; 10000 in a sound year."""
        return sum(self.weights.values())

    @property
    def relationship_bp(self) -> int:
        """What is paid for what customers say."""
        return WHOLE_BP - self.product_bp


@dataclass(frozen=True)
class Breach:
    """Where a plan breaks the method, by name and number; ``kind`` is a key of ``ways.WAYS``."""

    year: int
    text: str
    kind: str = ""


def warnings(years: list[YearMix]) -> list[Breach]:
    """Every place where the mixes break the method, in the order of the years."""
    found: list[Breach] = []
    for place, year in enumerate(years):
        before = years[place - 1] if place else None
        if before is not None and year.relationship_bp < before.relationship_bp:
            text = f"the relationship share falls from {_bp(before.relationship_bp)} to {_bp(year.relationship_bp)}"
            found.append(Breach(year.number, text, "falls"))
        found.extend(_of_one_year(year))
    return found


def _of_one_year(year: YearMix) -> list[Breach]:
    found: list[tuple[str, str]] = []
    secrets = year.weights.get(SECRET_GATHERING, 0)
    if secrets < LEAST_SECRET_GATHERING:
        found.append(("secrets", f"secret gathering is {_bp(secrets)}, under {_bp(LEAST_SECRET_GATHERING)}"))
    new, continuing = (year.weights.get(key, 0) for key in REVENUES)
    if continuing < new:
        text = f"continuing revenue is paid {_bp(continuing)}, less than new revenue with {_bp(new)}"
        found.append(("continuing", text))
    for key, count in year.behaviours.items():
        if count > MOST_BEHAVIOURS:
            text = f"{key.replace('_', ' ')} holds {count} behaviours, more than {MOST_BEHAVIOURS}"
            found.append(("behaviours", text))
    return [Breach(year.number, text, kind) for kind, text in found]


def _bp(value: int) -> str:
    return percentage(Fraction(value, WHOLE_BP))


def faults(weights: Mapping[str, int], behaviours: Mapping[str, list[int]]) -> list[str]:
    """Why a year cannot be approved: weights of components or of a component's behaviours that do not sum to 10000."""
    found = []
    if (total := sum(weights.values())) != WHOLE_BP:
        found.append(f"its components sum to {_bp(total)}, not 100 %")
    for key, parts in behaviours.items():
        if sum(parts) != WHOLE_BP:
            found.append(f"the behaviours of {key.replace('_', ' ')} sum to {_bp(sum(parts))}, not 100 %")
    return found


def is_provisional(customers: list[tuple[int, int]]) -> bool:
    """Whether (good, rated) counts rest on under 12 responses or 5 customers. Never changes an amount."""
    rated = [count for _, count in customers if count]
    return sum(rated) < FEWEST_RESPONSES or len(rated) < FEWEST_CUSTOMERS


def is_withheld(customers: list[tuple[int, int]]) -> bool:
    """Whether the counts would show a salesperson who said what: some customers, but under 5."""
    return 0 < sum(1 for _, rated in customers if rated) < FEWEST_CUSTOMERS
