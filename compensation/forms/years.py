"""A plan year on the designer's page: curves, targets, k and behaviours as text, and what its buttons do to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Self

from compensation import queries, rules
from compensation.models import Component, PlanYear
from compensation.rules import mix
from compensation.rules.chart import Chart, chart
from report_cards.forms.drafts import basis_points, number, percent
from report_cards.models import Measure, ReportCard
from report_cards.rules.weights import WHOLE, fill

ROW = ("key", "name", "weight", "target", "mean", "reason", "is_locked")
MOST_POINTS = 12
MOST_STRENGTH = 1000
Baselines = Mapping[str, queries.Baseline]


@dataclass
class Row:
    """A behaviour as text; ``kept`` is the baseline that was saved last, which needs no new reason."""

    texts: dict[str, str]
    proposed: queries.Baseline | None = None
    kept: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def check(self) -> None:
        """Say what is wrong beside the field."""
        self.errors = {}
        for name, least in (("target", Decimal("0.01")), ("mean", Decimal(0))):
            if (value := share_of(self.texts[name])) is None or not least <= value * 100 <= 100:
                self.errors[name] = f"Write a percentage from {least:g} to 100."
        if "mean" not in self.errors and not self.texts["reason"].strip() and not self._is_proposed():
            said = f"the proposed {number(self.proposed.mean * 100)} %" if self.proposed else "its target"
            self.errors["reason"] = f"Say why it is not {said}."
        if len(self.texts["reason"]) > 200:
            self.errors["reason"] = "Say it in 200 letters."

    def _is_proposed(self) -> bool:
        mean = share_of(self.texts["mean"])
        wanted = self.proposed.mean if self.proposed else share_of(self.texts["target"])
        return mean == wanted or (bool(self.proposed) and self.texts["mean"] == self.kept)

    @property
    def values(self) -> dict[str, Any]:
        """The behaviour as the action takes it; call it once the row is right."""
        reason = self.texts["reason"].strip()
        return {
            "key": self.texts["key"],
            "name": self.texts["name"],
            "weight_bp": basis_points(self.texts["weight"]),
            "target": share_of(self.texts["target"]),
            "prior_mean": share_of(self.texts["mean"]),
            "prior_reason": reason or ("" if self.proposed else mix.NO_BASELINE),
        }


@dataclass
class Part:
    """A component as text."""

    key: str
    name: str
    kind: str
    weight_bp: int
    points: list[tuple[str, str]]
    target: str = ""
    strength: str = ""
    rows: list[Row] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_rating(self) -> bool:
        return self.kind == Component.Kind.RATING

    @property
    def sum_bp(self) -> int:
        return sum(basis_points(row.texts["weight"]) for row in self.rows)

    @property
    def curve(self) -> list[list[str]]:
        """The points as the engine spells them; what is no number stays as it was typed."""
        return [[_spelled(x), _spelled(y)] for x, y in self.points]

    @property
    def falls(self) -> str:
        """Why the curve is refused, or nothing."""
        try:
            rules.read_curve(self.curve)
        except rules.Refused as refused:
            where, _, why = str(refused).rpartition(": ")
            if "decimal number" in why or "less than" in why:
                return "Write each point as two percentages, such as 80 and 60, not below 0."
            return f"{why[:1].upper()}{why[1:]}." if where else str(refused)
        return ""

    @property
    def chart(self) -> Chart:
        shares = [(share_of(x), share_of(y)) for x, y in self.points]
        return chart([(Fraction(x), Fraction(y)) for x, y in shares if x is not None and y is not None])

    def check(self) -> bool:
        """Whether all of it is right; what is not is said beside its field."""
        self.errors = {"curve": falls} if (falls := self.falls) else {}
        if self.is_rating:
            target = share_of(self.target)
            if target is None or not 0 < target <= 1:
                self.errors["target"] = "Write a percentage above 0, at most 100."
            if not (self.strength.isdecimal() and int(self.strength) <= MOST_STRENGTH):
                self.errors["strength"] = f"Write a whole number from 0 to {MOST_STRENGTH}."
            if self.sum_bp != WHOLE:
                self.errors["sum"] = f"The weights sum to {percent(self.sum_bp)} %. Press “Make it 100 %”."
        for row in self.rows:
            row.check()
        return not self.errors and not any(row.errors for row in self.rows)

    @property
    def values(self) -> dict[str, Any]:
        """The component as the action takes it; call it once it is right."""
        if not self.is_rating:
            return {"curve": self.curve}
        return {
            "curve": self.curve,
            "target": share_of(self.target),
            "prior_strength": int(self.strength),
            "behaviours": [row.values for row in self.rows],
        }


@dataclass
class YearPage:
    """Everything one plan year pays for, as a browser sends it."""

    card: ReportCard
    parts: list[Part]
    proposed: Baselines
    error: str = ""

    @classmethod
    def of_year(cls, year: PlanYear, proposed: Baselines) -> Self:
        """A saved year."""
        parts = [_part(part, proposed) for part in year.components.all()]
        return cls(year.card, parts, proposed)

    def read(self, data: Mapping[str, Any]) -> None:
        """Take what was sent in place of what is saved."""
        for part in self.parts:
            part.target = str(data.get(f"{part.key}-target", part.target))
            part.strength = str(data.get(f"{part.key}-strength", part.strength)).strip()
            count = _count(data.get(f"{part.key}-points"), MOST_POINTS)
            if count is not None:
                sent = [(data.get(f"{part.key}-x-{n}", ""), data.get(f"{part.key}-y-{n}", "")) for n in range(count)]
                part.points = [(x.strip(), y.strip()) for x, y in sent if x.strip() or y.strip()]
            rows = _count(data.get(f"{part.key}-rows"), 2 * mix.MOST_BEHAVIOURS)
            if rows is not None:
                kept = {row.texts["key"]: row.texts["mean"] for row in part.rows}
                part.rows = [self._sent(part.key, n, data, kept) for n in range(rows)]

    def _sent(self, key: str, n: int, data: Mapping[str, Any], kept: Mapping[str, str]) -> Row:
        texts = {name: str(data.get(f"{key}-{n}-{name}", "")) for name in ROW}
        return Row(texts, self.proposed.get(texts["key"]), kept.get(texts["key"], ""))

    def is_valid(self) -> bool:
        """Every component by itself; all are looked at."""
        faults = [part for part in self.parts if not part.check()]
        return self._are_the_cards() and not faults

    def _are_the_cards(self) -> bool:
        """The behaviours are those of the card: another was chosen and not taken yet, or something was made up."""
        names = {(one.measure, one.key): one.name for one in self.card.behaviours.all()}
        names[mix.OUTSIDE_SOLUTIONS, mix.OUTSIDE_SOLUTIONS] = mix.OUTSIDE_BEHAVIOUR
        sent = {(part.key, row.texts["key"]): row.texts["name"] for part in self.parts for row in part.rows}
        if sent == names:
            return True
        self.error = f"These are not the behaviours of {self.card}. Press “Use this card”."
        return False

    def values(self) -> dict[str, dict[str, Any]]:
        """What ``change_plan_year`` takes."""
        return {part.key: part.values for part in self.parts}

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)

    def add_point(self, part: Part) -> None:
        """A point behind the last, twenty per cent further, paying the same."""
        x, y = part.points[-1] if part.points else ("80", "0")
        if len(part.points) < MOST_POINTS:
            part.points.append((number((share_of(x) or Decimal(1)) * 100 + 20), y))

    def remove_point(self, part: Part, place: int) -> None:
        """A point less; one always stays."""
        if place < len(part.points) > 1:
            part.points.pop(place)

    def fill_behaviours(self, part: Part) -> None:
        """Make the weights 100 %, in proportion; locked ones stay."""
        locked = {n for n, row in enumerate(part.rows) if row.texts["is_locked"]}
        weights = fill([basis_points(row.texts["weight"]) for row in part.rows], locked)
        for row, weight in zip(part.rows, weights, strict=True):
            row.texts["weight"] = percent(weight)

    def take_baselines(self) -> None:
        """The proposed baseline for every behaviour that has one."""
        for row in (row for part in self.parts for row in part.rows if row.proposed):
            assert row.proposed is not None
            row.texts |= {"mean": number(row.proposed.mean * 100), "reason": ""}

    def take_card(self, card: ReportCard) -> None:
        """The behaviours, weights and targets of a signed card; a baseline with a reason, or proposed, is kept."""
        self.card = card
        for part in self.parts:
            if part.key in Measure.values:
                kept = {row.texts["key"]: row.texts for row in part.rows}
                part.rows = [self._of_card(one, kept) for one in card.behaviours.all() if one.measure == part.key]

    def _of_card(self, one: Any, kept: Mapping[str, Mapping[str, str]]) -> Row:
        proposed, before = self.proposed.get(one.key), kept.get(one.key)
        before = before if before and (proposed or before["reason"].strip()) else None
        mean = number((proposed.mean if proposed else one.target) * 100)
        texts = {"key": one.key, "name": one.name, "weight": percent(one.weight_bp), "target": number(one.target * 100)}
        found = {"mean": before["mean"], "reason": before["reason"]} if before else {"mean": mean, "reason": ""}
        return Row(texts | found | {"is_locked": ""}, proposed, found["mean"] if before else "")


def _part(part: Component, proposed: Baselines) -> Part:
    found = Part(part.key, part.get_key_display(), part.kind, part.weight_bp, [_texts(point) for point in part.curve])
    if part.target is not None:
        found.target, found.strength = number(part.target * 100), str(part.prior_strength)
    for one in part.behaviours.all():
        texts = {
            "key": one.key,
            "name": one.name,
            "weight": percent(one.weight_bp),
            "target": number(one.target * 100),
            "mean": number(one.prior_mean * 100),
            "reason": "" if one.prior_reason == mix.NO_BASELINE else one.prior_reason,
            "is_locked": "",
        }
        found.rows.append(Row(texts, proposed.get(one.key), texts["mean"]))
    return found


def _texts(point: list[str]) -> tuple[str, str]:
    x, y = (f"{Decimal(one) * 100:f}" for one in point)
    return _bare(x), _bare(y)


def _bare(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def share_of(text: str) -> Decimal | None:
    """A percentage as it was typed, as a share; None for what is no number."""
    try:
        value = Decimal(text.strip().replace(",", ".")) / 100
    except InvalidOperation:
        return None
    return value if value.is_finite() and abs(value) < 1000 and -int(value.as_tuple().exponent) <= 12 else None


def _spelled(text: str) -> str:
    """A percentage in the engine's spelling: 60 as “0.60”."""
    share = share_of(text)
    if share is None:
        return text
    plain = _bare(f"{share:f}")
    return plain if len(plain.partition(".")[2]) != 1 else f"{plain}0"


def _count(sent: Any, most: int) -> int | None:
    return min(int(sent), most) if isinstance(sent, str) and sent.isdecimal() else None
