"""The frozen inputs of one statement: what a run stores and hands out, checked word by word before anything is paid.

Everything is exact: money and shares are decimal strings in the file and Fractions here; a float is refused.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

ENGINE: Final = 1
WHOLE_BP: Final = 10_000
MOST_WHOLE: Final = 1_000_000_000
DECIMAL: Final = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", re.ASCII)
CURRENCY: Final = re.compile(r"[A-Z]{3}", re.ASCII)

Point = tuple[Fraction, Fraction]


class Refused(ValueError):
    """Inputs that cannot be paid, with the reason and where it is."""


@dataclass(frozen=True)
class Behaviour:
    """One behaviour of a rating component; ``customers`` holds (good, rated) of each customer who rated."""

    key: str
    weight_bp: int
    target: Fraction
    prior_mean: Fraction
    customers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Revenue:
    """A component paid for revenue against a quota for the whole period."""

    key: str
    weight_bp: int
    curve: tuple[Point, ...]
    actual: Fraction
    quota: Fraction


@dataclass(frozen=True)
class Rating:
    """A component paid for what customers say; ``prior_strength`` is k."""

    key: str
    weight_bp: int
    curve: tuple[Point, ...]
    prior_strength: Fraction
    behaviours: tuple[Behaviour, ...]


Component = Revenue | Rating


@dataclass(frozen=True)
class Inputs:
    """Everything one statement is computed from."""

    currency: str
    target_bonus: Fraction
    period_days: int
    eligible_days: int
    components: tuple[Component, ...]


def read_inputs(raw: object) -> Inputs:
    """The inputs of a decoded JSON object.

    Raises ``Refused`` with a reason: a missing or unknown key, a number that is no decimal string, weights that do not
    sum to 10000, a quota or target of 0 or less, a falling curve, or counts that contradict each other.
    """
    keys = {"engine", "currency", "target_bonus", "period_days", "eligible_days", "components"}
    top = _object(raw, "inputs", required=keys)
    if type(top["engine"]) is not int or top["engine"] != ENGINE:
        raise Refused(f"engine: this program computes engine {ENGINE}, the file asks for {top['engine']!r}")
    if not isinstance(top["currency"], str) or not CURRENCY.fullmatch(top["currency"]):
        raise Refused("currency: write the three capital letters of ISO 4217")
    inputs = Inputs(
        currency=top["currency"],
        target_bonus=_decimal(top["target_bonus"], "target_bonus", at_least=0),
        period_days=_whole(top["period_days"], "period_days", at_least=1),
        eligible_days=_whole(top["eligible_days"], "eligible_days", at_least=0),
        components=tuple(_each(top["components"], "components", _component)),
    )
    if inputs.eligible_days > inputs.period_days:
        raise Refused(f"eligible_days: {inputs.eligible_days} are more than the period's {inputs.period_days}")
    _check_weights(inputs.components, "components")
    return inputs


def _component(raw: object, where: str) -> Component:
    kind = raw.get("kind") if isinstance(raw, dict) else None
    if kind == "revenue":
        return _revenue(raw, where)
    if kind == "rating":
        return _rating(raw, where)
    raise Refused(f"{where}.kind: write revenue or rating, not {kind!r}")


def _revenue(raw: object, where: str) -> Revenue:
    row = _object(raw, where, required={"key", "kind", "weight_bp", "curve", "actual", "quota"})
    return Revenue(
        key=_key(row["key"], f"{where}.key"),
        weight_bp=_whole(row["weight_bp"], f"{where}.weight_bp", at_least=0),
        curve=read_curve(row["curve"], f"{where}.curve"),
        actual=_decimal(row["actual"], f"{where}.actual"),
        quota=_positive(row["quota"], f"{where}.quota"),
    )


def _rating(raw: object, where: str) -> Rating:
    keys = {"key", "kind", "weight_bp", "curve", "target", "prior_strength", "behaviours"}
    row = _object(raw, where, required=keys)
    target = _positive(row["target"], f"{where}.target")
    behaviours = tuple(
        _each(row["behaviours"], f"{where}.behaviours", lambda one, at: _behaviour(one, at, target=target))
    )
    _check_weights(behaviours, f"{where}.behaviours")
    return Rating(
        key=_key(row["key"], f"{where}.key"),
        weight_bp=_whole(row["weight_bp"], f"{where}.weight_bp", at_least=0),
        curve=read_curve(row["curve"], f"{where}.curve"),
        prior_strength=_strength(row["prior_strength"], f"{where}.prior_strength"),
        behaviours=behaviours,
    )


def _behaviour(raw: object, where: str, *, target: Fraction) -> Behaviour:
    row = _object(raw, where, required={"key", "weight_bp", "prior_mean", "customers"}, optional={"target"})
    prior_mean = _decimal(row["prior_mean"], f"{where}.prior_mean", at_least=0)
    if prior_mean > 1:
        raise Refused(f"{where}.prior_mean: a share is at most 1")
    pairs = _each(row["customers"], f"{where}.customers", _counts)
    return Behaviour(
        key=_key(row["key"], f"{where}.key"),
        weight_bp=_whole(row["weight_bp"], f"{where}.weight_bp", at_least=0),
        target=_positive(row["target"], f"{where}.target") if "target" in row else target,
        prior_mean=prior_mean,
        customers=tuple((good, rated) for good, rated in pairs if rated),
    )


def _counts(raw: object, where: str) -> tuple[int, int]:
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise Refused(f"{where}: write the pair [good, rated] of one customer")
    good, rated = (_whole(one, where, at_least=0) for one in raw)
    if good > rated:
        raise Refused(f"{where}: {good} good of {rated} rated cannot be")
    return good, rated


def read_curve(raw: object, where: str = "curve") -> tuple[Point, ...]:
    """The points of a payout curve, or ``Refused`` where it is empty, falling, or pays less than nothing."""
    points = _each(raw, where, _point)
    if not points:
        raise Refused(f"{where}: a curve needs at least one point")
    for before, after in pairwise(points):
        if after[0] <= before[0]:
            raise Refused(f"{where}: the attainments of its points must rise")
        if after[1] < before[1]:
            raise Refused(f"{where}: a falling curve would pay less for more")
    return tuple(points)


def _point(raw: object, where: str) -> Point:
    if not isinstance(raw, list | tuple) or len(raw) != 2:
        raise Refused(f"{where}: write the pair [attainment, payout]")
    return _decimal(raw[0], where), _decimal(raw[1], where, at_least=0)


def _check_weights(parts: Iterable[Component | Behaviour], where: str) -> None:
    parts = list(parts)
    keys = [part.key for part in parts]
    if len(set(keys)) != len(keys):
        raise Refused(f"{where}: a key stands there twice")
    total = sum(part.weight_bp for part in parts)
    if total != WHOLE_BP:
        raise Refused(f"{where}: the weights sum to {total} basis points, not {WHOLE_BP}")


def _object(
    raw: object, where: str, *, required: set[str], optional: set[str] | frozenset[str] = frozenset()
) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refused(f"{where}: an object was expected")
    if unknown := sorted(set(raw) - required - optional, key=str):
        raise Refused(f"{where}: unknown key {', '.join(map(repr, unknown))}")
    if missing := sorted(required - set(raw)):
        raise Refused(f"{where}: {', '.join(missing)} missing")
    return raw


def _each[T](raw: object, where: str, read: Callable[[object, str], T]) -> list[T]:
    if not isinstance(raw, list | tuple):
        raise Refused(f"{where}: a list was expected")
    return [read(one, f"{where}[{number}]") for number, one in enumerate(raw)]


def _key(raw: object, where: str) -> str:
    if not isinstance(raw, str) or not raw or not raw.isprintable():
        raise Refused(f"{where}: a name was expected")
    return raw


def _whole(raw: object, where: str, *, at_least: int) -> int:
    if type(raw) is not int or raw > MOST_WHOLE:
        raise Refused(f"{where}: a whole number was expected, not {str(raw)[:40]!r}")
    if raw < at_least:
        raise Refused(f"{where}: {raw} is less than {at_least}")
    return raw


def _strength(raw: object, where: str) -> Fraction:
    return Fraction(_whole(raw, where, at_least=0)) if type(raw) is int else _decimal(raw, where, at_least=0)


def _positive(raw: object, where: str) -> Fraction:
    value = _decimal(raw, where)
    if value <= 0:
        raise Refused(f"{where}: {raw} is 0 or less")
    return value


def _decimal(raw: object, where: str, *, at_least: int | None = None) -> Fraction:
    if not isinstance(raw, str) or not DECIMAL.fullmatch(raw):
        raise Refused(f'{where}: write a decimal number in quotes, such as "0.80", not {raw!r}')
    value = _fraction(raw)
    if at_least is not None and value < at_least:
        raise Refused(f"{where}: {raw} is less than {at_least}")
    return value


@lru_cache(maxsize=4096)
def _fraction(decimal: str) -> Fraction:
    """The points of a curve and the targets of a plan are the same in everybody's inputs."""
    return Fraction(decimal)
