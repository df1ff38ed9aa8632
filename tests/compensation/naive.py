"""A second bonus engine, written from PRODUCT.md section 5 alone and in the plainest way."""

from fractions import Fraction as F

PLACES = {"EUR": 2, "CAD": 2, "JPY": 0, "KWD": 3}


def naive_statement(inputs):
    """The statement of valid inputs; checks nothing."""
    places = PLACES[inputs["currency"]]
    days = F(inputs["eligible_days"], inputs["period_days"])
    lines, total = [], 0
    for part in inputs["components"]:
        if days == 0:
            lines.append({"component": part["key"], "attainment": None, "payout": None, "amount": written(0, places)})
            continue
        reached = revenue(part, days) if part["kind"] == "revenue" else rating(part)
        paid = payout(part["curve"], reached)
        coins = F(inputs["target_bonus"]) * part["weight_bp"] * days * paid / 10_000 * 10**places
        cents = (2 * coins.numerator + coins.denominator) // (2 * coins.denominator)
        total += cents
        amount = written(cents, places)
        lines.append({"component": part["key"], "attainment": str(reached), "payout": str(paid), "amount": amount})
    return {"lines": lines, "total": written(total, places)}


def revenue(part, days):
    return F(part["actual"]) / (F(part["quota"]) * days)


def rating(part):
    reached = F(0)
    for way in part["behaviours"]:
        shares = [F(good, rated) for good, rated in way["customers"] if rated > 0]
        k, m = part["prior_strength"], F(way["prior_mean"])
        share = (sum(shares) + k * m) / (len(shares) + k)
        reached += share / F(way.get("target", part["target"])) * way["weight_bp"]
    return reached / 10_000


def payout(curve, x):
    points = [(F(a), F(b)) for a, b in curve]
    below = [point for point in points if point[0] <= x]
    above = [point for point in points if point[0] > x]
    if not below:
        return above[0][1]
    if not above:
        return below[-1][1]
    (x0, y0), (x1, y1) = below[-1], above[0]
    return (y0 * (x1 - x) + y1 * (x - x0)) / (x1 - x0)


def written(cents, places):
    return f"{cents // 10**places}.{cents % 10**places:0{places}}" if places else str(cents)
