"""The whole trace of a statement as plain values, down to the keys of the sales; customers stay unnamed."""

from collections import defaultdict
from typing import Any

from compensation import rules
from compensation.models import Component
from compensation.queries.estimates import Estimate
from compensation.queries.facts import sales_of
from compensation.rules import mix


def trace_of(estimate: Estimate) -> dict[str, Any]:
    """The total's node with everything below it.

    A node has label, formula as people read it, its exact value as a fraction, the places of the inputs it was read
    from, the ids of the sales where it is a revenue, and its children. Raises ``Refused`` for what cannot be paid.
    """
    if estimate.result is None:
        raise rules.Refused(estimate.refused)
    return _node(estimate.result.trace, _sale_ids(estimate))


def _node(node: rules.Node, sales: dict[str, list[int]]) -> dict[str, Any]:
    ids = [pk for source in node.sources for pk in sales.get(source, [])]
    return {
        "label": node.label,
        "formula": node.formula,
        "value": str(node.value),
        "sources": list(node.sources),
        "sales": ids,
        "children": [_node(child, sales) for child in node.children],
    }


def _sale_ids(estimate: Estimate) -> dict[str, list[int]]:
    """By place in the inputs, such as ``components[0].actual``: the sales and reversals that pay it, by id."""
    found = defaultdict[str, list[int]](list)
    rows = sales_of(estimate.member, estimate.year, through=estimate.as_of).order_by("sale_id")
    for sale_id, is_continuing in rows.values_list("sale_id", "is_continuing"):
        found[mix.CONTINUING if is_continuing else mix.NEW].append(sale_id)
    return {
        f"components[{number}].actual": found[part["key"]]
        for number, part in enumerate(estimate.inputs["components"])
        if part["kind"] == Component.Kind.REVENUE
    }
