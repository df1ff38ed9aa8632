"""What a report card has to be before it can be signed."""

from collections.abc import Mapping

MEASURES = ("relationship", "secret_gathering")
MOST_BEHAVIOURS = 6


def card_faults(weights: Mapping[str, list[int]]) -> list[str]:
    """Why a card cannot be signed, given each measure's weights in basis points; empty when it can."""
    faults = []
    for measure in MEASURES:
        given, name = weights.get(measure, []), measure.replace("_", " ")
        if not given:
            faults.append(f"The measure {name} has no behaviour.")
        elif len(given) > MOST_BEHAVIOURS:
            faults.append(f"The measure {name} has {len(given)} behaviours; six at most.")
        if given and sum(given) != 10_000:
            faults.append(f"The weights of {name} sum to {sum(given) / 100:g} %, not 100 %.")
    return faults
