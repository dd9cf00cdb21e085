"""What is money, and to which column a parameter goes."""

from __future__ import annotations

import pytest

from pytest_prodready.checks.integrity import sqltext
from pytest_prodready.checks.integrity.float_money import FloatMoney, Leaf, sent
from pytest_prodready.trace import Call

CREATED = "CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'a,b', price NUMERIC(10, 2), UNIQUE (name))"
KNOWN = sqltext.columns_created([CREATED])


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("INSERT INTO t (a, price) VALUES (?, ?)", [("a", 0), ("price", 1)]),
        ("INSERT INTO orders VALUES (NULL, ?, ?)", [("name", 0), ("price", 1)]),
        ("INSERT INTO unknown VALUES (?, ?)", []),
        ("INSERT INTO t (a, b) VALUES (:x, :y)", [("a", "x"), ("b", "y")]),
        ("INSERT INTO t (a, b) VALUES (%s, %(y)s)", [("a", 0), ("b", "y")]),
        ("INSERT INTO t (a, b) VALUES (?,?), (?,?)", [("a", 0), ("b", 1), ("a", 2), ("b", 3)]),
        ("INSERT INTO t (a, n) VALUES (?, 1) ON CONFLICT (a) DO UPDATE SET n = n + ?", [("a", 0), ("n", 1)]),
        ("INSERT INTO t (a, b) VALUES (datetime('now', ?), ROUND(?, 2))", [("b", 1)]),
        ("INSERT INTO t (a, b) SELECT ?, ? FROM x", []),
        ("UPDATE t SET balance = balance - ?, x = 'a=?' WHERE id = ? AND price > ?", [("balance", 0)]),
        ('UPDATE "shop" SET "price" = ("shop"."price" * ?) WHERE "id" = ?', []),
        ('UPDATE "shop" SET "price" = ?, "n" = ? WHERE "id" = ?', [("price", 0), ("n", 1)]),
        ("DELETE FROM t WHERE price > ?", []),
        ("SELECT a FROM t WHERE price > ?", []),
    ],
)
def test_columns_written(sql: str, columns: list[tuple[str, int | str]]) -> None:
    assert sqltext.columns_written(sql, KNOWN) == columns


@pytest.mark.parametrize(
    "name",
    ["price", "unit_price", "unitPrice", "TOTAL", "amount_eur", "balances", "order.total", "price.value", "tax_amount"],
)
def test_names_of_money(name: str) -> None:
    assert FloatMoney().is_money(Leaf(name, 19.99))


@pytest.mark.parametrize(
    "name",
    ["tax_rate", "price_factor", "discount", "discount_percent", "total_count", "totalKm", "latitude", "avg_price", "paid_at",
     "battery_charge", "weight", "value", "priceless", "cost_index"],
)  # fmt: skip
def test_names_of_something_else(name: str) -> None:
    assert not FloatMoney().is_money(Leaf(name, 19.99))


def test_a_fraction_of_tax_is_a_rate() -> None:
    assert not FloatMoney().is_money(Leaf("vat", 0.19))
    assert FloatMoney().is_money(Leaf("vat", 3.8))


def test_an_amount_with_a_unit_is_a_measure() -> None:
    assert not FloatMoney().is_money(Leaf("amount", 0.5, frozenset({"amount", "unit"})))
    assert FloatMoney().is_money(Leaf("price", 0.5, frozenset({"price", "unit"})))


@pytest.mark.parametrize("as_body", [False, True])
def test_fields_of_a_payload(as_body: bool) -> None:
    call = Call("requests", "http", "request", "POST pay.example/")
    text = '{"amount": {"value": 1.5, "currency": "EUR"}, "items": [{"price": 2.0, "sku": "a"}], "fees": [2.5]}'
    if as_body:
        call.body = text.encode()
    else:
        call.payload = text
    found = {leaf.name: leaf.value for leaf in sent(call) if FloatMoney().is_money(leaf)}
    assert found == {"amount.value": 1.5, "price": 2.0, "fees": 2.5}
