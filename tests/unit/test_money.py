"""Amounts that the strategy `money` makes, and the currencies that it knows."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from pytest_prodready import strategies
from pytest_prodready.strategies.money import EXPONENTS, LARGEST

QUICK = settings(max_examples=500, derandomize=True, database=None, deadline=None)


@pytest.mark.parametrize(
    ("currency", "exponent"),
    [("USD", 2), ("eur", 2), ("JPY", 0), ("KRW", 0), ("CLP", 0), ("BHD", 3), ("KWD", 3), ("TND", 3), ("CLF", 4)],
)
def test_digits_behind_the_point(currency: str, exponent: int) -> None:
    assert strategies.minor_units(currency) == exponent


def test_the_table_has_every_kind_of_currency_once() -> None:
    assert len(EXPONENTS) > 150
    assert set(EXPONENTS.values()) == {0, 2, 3, 4}
    assert all(len(code) == 3 and code.isupper() for code in EXPONENTS)


@pytest.mark.parametrize(("typo", "nearest"), [("USDD", "USD"), ("EURO", "EUR"), ("JPYY", "JPY")])
def test_an_unknown_currency_is_refused_with_the_nearest(typo: str, nearest: str) -> None:
    with pytest.raises(ValueError, match=f"'{typo}' is no currency of ISO 4217; did you mean '{nearest}'"):
        strategies.money(typo)


def test_nothing_is_near_to_nonsense() -> None:
    with pytest.raises(ValueError, match=r"'\?\?' is no currency of ISO 4217$"):
        strategies.minor_units("??")


@QUICK
@given(st.sampled_from(sorted(EXPONENTS)).flatmap(lambda code: st.tuples(st.just(code), strategies.money(code))))
def test_an_amount_has_exactly_the_digits_of_its_currency(example: tuple[str, Decimal]) -> None:
    currency, amount = example
    assert -int(amount.as_tuple().exponent) == EXPONENTS[currency]
    assert 1 <= amount.scaleb(EXPONENTS[currency]) <= LARGEST


@QUICK
@given(strategies.money("EUR", min_value="10.00", max_value=Decimal("12.345")))
def test_the_bounds_hold(amount: Decimal) -> None:
    assert Decimal("10.00") <= amount <= Decimal("12.34")


@QUICK
@given(strategies.money("USD", min_value=-5, max_value="-0.01"))
def test_an_amount_may_be_negative(amount: Decimal) -> None:
    assert -5 <= amount < 0


def test_a_narrow_range_has_its_one_amount() -> None:
    assert find(strategies.money("USD", "0.07", "0.07"), lambda amount: True) == Decimal("0.07")


def test_above_the_usual_range() -> None:
    assert find(strategies.money("USD", min_value=5_000_000), lambda amount: True) == Decimal("5000000.00")


@pytest.mark.parametrize(("low", "high"), [(2, 1), ("0.011", "0.019")])
def test_no_amount_between_the_bounds(low: Any, high: Any) -> None:
    with pytest.raises(ValueError, match="no amount in USD lies between"):
        strategies.money("USD", low, high)


def test_a_float_is_no_bound() -> None:
    with pytest.raises(TypeError, match=r"min_value=0\.1 is a float"):
        strategies.money("USD", min_value=0.1)  # type: ignore[arg-type]


def smallest(broken: Any, currency: str = "USD") -> Decimal:
    return find(strategies.money(currency), broken, settings=QUICK)


def test_it_shrinks_to_a_plain_amount() -> None:
    assert smallest(lambda amount: True) == Decimal("1.00")
    assert smallest(lambda amount: amount > 20) == Decimal("21.00")
    assert smallest(lambda amount: True, "JPY") == Decimal(1)
    assert smallest(lambda amount: amount > 4999) == Decimal("5000.00")


@pytest.mark.parametrize(
    ("mistake", "broken"),
    [
        ("a float, cut off", lambda amount: int(float(amount) * 100) != amount * 100),
        ("tax, rounded half to even", lambda amount: round(amount / 10, 2) != up(amount / 10)),
        ("two halves", lambda amount: up(amount / 2) * 2 != amount),
        ("three thirds", lambda amount: up(amount / 3) * 3 != amount),
        ("cents as the whole", lambda amount: int(amount) * 100 != amount * 100),
    ],
)
def test_careless_arithmetic_is_found(mistake: str, broken: Any) -> None:
    assert broken(smallest(broken))


def up(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("amount", ["0.01", "0.29", "1.15", "4.35", "8.20", "19.99", "999999.99"])
def test_amounts_that_are_known_to_break_occur(amount: str) -> None:
    assert find(strategies.money(), lambda found: found == Decimal(amount), settings=settings(QUICK, max_examples=5000))
