"""A sale split to the cent: the rule and the database's view of it, and what comes back."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from compensation import queries
from compensation.models import CreditedSale, SaleCredit
from compensation.rules.credits import split, taken_back
from tests.conftest import NOW

CENTS = st.integers(-(10**8), 10**8).map(lambda cents: Decimal(cents).scaleb(-2))
SHARES = st.lists(st.integers(1, 50), min_size=1, max_size=6).map(lambda parts: dict(enumerate(to_whole(parts), 1)))


def to_whole(parts):
    """Shares in millionths in proportion; the last takes the rest."""
    shares = [part * 1_000_000 // sum(parts) for part in parts]
    return [*shares[:-1], 1_000_000 - sum(shares[:-1])]


def pay_out(sale, shares, by):
    """Credit a sale ``{person: millionths}``, checked as a commit would."""
    with transaction.atomic():
        SaleCredit.objects.bulk_create(
            SaleCredit(sale=sale, salesperson=who, share_ppm=ppm, changed_by=by, changed_at=NOW)
            for who, ppm in shares.items()
        )
        connection.check_constraints()


def credited(sale):
    return dict(CreditedSale.objects.filter(sale=sale).values_list("salesperson_id", "amount"))


@given(CENTS, SHARES)
def test_the_parts_are_the_whole_and_nobody_is_a_cent_off(amount, shares):
    parts = split(amount, shares)
    assert sum(parts.values()) == amount
    for key, part in parts.items():
        assert abs(part - amount * shares[key] / 1_000_000) < Decimal("0.01")


@given(CENTS, SHARES)
def test_the_opposite_is_split_as_the_opposite(amount, shares):
    assert split(-amount, shares) == {key: -part for key, part in split(amount, shares).items()}


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=6), SHARES)
def test_what_comes_back_in_pieces_comes_back_from_everybody(pieces, shares):
    whole = kept = Decimal(sum(pieces)).scaleb(-2)
    left = split(whole, shares)
    for piece in pieces:
        back = taken_back(kept, -Decimal(piece).scaleb(-2), shares)
        left = {key: left[key] + back[key] for key in left}
        kept -= Decimal(piece).scaleb(-2)
    assert set(left.values()) == {Decimal(0)}


def test_ties_go_to_the_lower_key():
    assert split(Decimal("0.01"), {7: 500_000, 3: 500_000}) == {3: Decimal("0.01"), 7: Decimal("0.00")}
    with pytest.raises(ValueError, match="sum to 999999"):
        split(Decimal(1), {1: 999_999})


@pytest.mark.parametrize(
    ("amount", "backs"),
    [("100.01", ["-100.01"]), ("0.05", ["-0.01", "-0.01", "-0.03"]), ("-7.77", []), ("999.99", ["-333.33", "-0.01"])],
)
@pytest.mark.parametrize("shares", [(500_000, 500_000), (333_333, 666_667), (1, 999_999), (1_000_000, None)])
def test_the_database_splits_as_the_rule(sell, owner, colleague, compensation_admin, amount, backs, shares):
    sale = sell("2026-03-01", amount)
    people = {who: ppm for who, ppm in zip((owner, colleague), shares, strict=True) if ppm}
    pay_out(sale, people, compensation_admin)
    ppm = {who.pk: share for who, share in people.items()}
    assert credited(sale) == split(Decimal(amount), ppm)
    kept = Decimal(amount)
    for back in backs:
        reversal = sell("2026-04-01", back, reverses=sale)
        assert credited(reversal) == taken_back(kept, Decimal(back), ppm)
        kept += Decimal(back)


def test_a_credited_sale_pays_each_their_part(member, plan, sell, owner, colleague, compensation_admin):
    sale = sell("2026-03-01", "100.01")
    pay_out(sale, {owner: 500_000, colleague: 500_000}, compensation_admin)
    year = queries.years_begun(plan, date(2026, 11, 24)).get()
    theirs = {
        each.salesperson: dict(queries.revenue_of(each, year, through=date(2026, 11, 24)))
        for each in plan.members.all()
    }
    assert theirs[owner] == {"new_revenue": Decimal("50.01")}
    assert theirs[colleague] == {"new_revenue": Decimal("50.00")}


def test_a_reversal_is_new_or_continuing_as_its_sale_was(member, plan, sell):
    year = queries.years_begun(plan, date(2026, 11, 24)).get()
    first = sell("2026-03-01", "500.00")
    sell("2026-03-05", "70.00")
    sell("2026-06-01", "-500.00", reverses=first)
    revenue = queries.revenue_of(member, year, through=date(2026, 11, 24))
    assert revenue == {"new_revenue": Decimal(0), "continuing_revenue": Decimal("70.00")}


def test_a_reversal_alone_makes_nothing_continuing(member, plan, sell):
    year = queries.years_begun(plan, date(2026, 11, 24)).get()
    sell("2026-02-01", "-5.00")
    sell("2026-03-01", "70.00")
    assert queries.revenue_of(member, year, through=date(2026, 11, 24)) == {"new_revenue": Decimal("65.00")}


def test_a_reversal_follows_its_sale(sell, colleague):
    sale = sell("2026-03-01", "500.00")
    back = sell("2026-04-01", "-100.00", reverses=sale)
    sale.salesperson, sale.currency = colleague, "USD"
    sale.save()
    back.refresh_from_db()
    assert (back.salesperson, back.currency) == (colleague, "USD")
    sale.removed_at = NOW
    sale.save()
    assert not CreditedSale.objects.exists()


@pytest.mark.parametrize(
    ("day", "amount"), [("2026-04-01", "-500.01"), ("2026-02-28", "-1.00"), ("2026-04-01", "1.00")]
)
def test_no_more_comes_back_than_was_sold_and_not_before(sell, day, amount):
    sale = sell("2026-03-01", "500.00")
    with pytest.raises(IntegrityError, match="sale_reversal"), transaction.atomic():
        sell(day, amount, reverses=sale)
    back = sell("2026-04-01", "-400.00", reverses=sale)
    with pytest.raises(IntegrityError, match="sale_reversal_fits"), transaction.atomic():
        sell("2026-04-02", "-1.00", reverses=back)
    sale.amount = Decimal(399)
    with pytest.raises(IntegrityError, match="sale_reversal_fits"), transaction.atomic():
        sale.save()


def test_the_credits_of_a_sale_sum_to_one(sell, owner, colleague, compensation_admin):
    sale = sell("2026-03-01", "500.00")
    with pytest.raises(IntegrityError, match="sum to one"):
        pay_out(sale, {owner: 500_000, colleague: 499_999}, compensation_admin)
    back = sell("2026-04-01", "-500.00", reverses=sale)
    with pytest.raises(IntegrityError, match="credited as its sale is"):
        pay_out(back, {owner: 1_000_000}, compensation_admin)
