"""Statements, plans and slopes: what the checks of performance are made of."""

from __future__ import annotations

import sqlite3

import pytest

from pytest_prodready.checks.performance import _sql
from pytest_prodready.checks.performance.missing_index import Scan, scanned
from pytest_prodready.growth import Growth, slope
from pytest_prodready.trace import Trace

SCHEMA = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, mail TEXT UNIQUE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER, day TEXT, total INTEGER);
CREATE INDEX orders_day ON orders (day);
CREATE TABLE mails (id INTEGER PRIMARY KEY, printed INTEGER, day TEXT);
CREATE INDEX mails_waiting ON mails (day) WHERE printed = 0;
"""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t WHERE b = ?", "SELECT a  FROM t\nWHERE b = :b -- why"),
        ("SELECT a FROM t WHERE b = 'it''s'", "SELECT a FROM t WHERE b = ''"),
        ("SELECT a FROM t WHERE b IN (?)", "SELECT a FROM t WHERE b IN (?, ?, ?)"),
        ("SELECT a FROM t WHERE b = 1.5e3", "SELECT a FROM t WHERE b = %s"),
        ("INSERT INTO t VALUES (?, ?)", "INSERT INTO t VALUES (1, 2), (3, 4)"),
    ],
)
def test_statements_of_one_shape(one: str, other: str) -> None:
    assert _sql.shape(one) == _sql.shape(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SELECT a FROM t1", "SELECT a FROM t2"),
        ("SELECT a::text FROM t", "SELECT a FROM t"),
        ('SELECT "a" FROM t', 'SELECT "b" FROM t'),
    ],
)
def test_statements_of_other_shapes(one: str, other: str) -> None:
    assert _sql.shape(one) != _sql.shape(other)


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("PRAGMA table_info([orders])", True),
        ("SELECT name FROM sqlite_master WHERE type = 'table'", True),
        ('SELECT name FROM "main"."sqlite_schema"', True),
        ("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace", True),
        ("SELECT column_name FROM information_schema.columns WHERE table_name = %s", True),
        ("SHOW COLUMNS FROM orders", True),
        ("SELECT o.id FROM orders o JOIN sqlite_master m ON m.name = o.kind", False),
        ("SELECT id FROM pragmas", False),
        ("SELECT 1", False),
    ],
)
def test_reads_of_the_schema(sql: str, expected: bool) -> None:
    assert _sql.reads_schema(sql) is expected


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SELECT id FROM orders WHERE customer_id = ?", Scan("orders", "customer_id")),
        ("SELECT o.id FROM orders AS o WHERE o.customer_id = ? AND o.total > 2", Scan("orders", "customer_id")),
        ('SELECT "orders"."id" FROM "orders" WHERE "orders"."customer_id" IN (?, ?)', Scan("orders", "customer_id")),
        ("DELETE FROM orders WHERE customer_id = ?", Scan("orders", "customer_id")),
        ("UPDATE orders SET total = 0 WHERE customer_id = ?", Scan("orders", "customer_id")),
        ("SELECT c.name FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE c.id = ?", Scan("orders", "customer_id")),
        ("SELECT id FROM orders WHERE day = ?", None),
        ("SELECT id FROM orders WHERE day = ? AND customer_id = ?", None),
        ("SELECT id FROM customers WHERE mail = ?", None),
        ("SELECT id FROM customers WHERE name LIKE ?", None),
        ("SELECT id FROM orders WHERE total > ?", None),
        ("SELECT id FROM orders WHERE total = ? OR customer_id = ?", None),
        ("SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id", None),
        ("SELECT id FROM customers WHERE lower(name) = ?", Scan("customers", "name", wrapped=True)),
        ("SELECT o.total FROM orders o WHERE date(o.day) = date(?)", Scan("orders", "day", wrapped=True)),
        ("SELECT id FROM orders WHERE strftime('%Y', day) = ? AND customer_id = ?", Scan("orders", "customer_id")),
        ("SELECT id FROM customers WHERE lower(mail) = ? AND id = ?", None),
        ("SELECT id FROM customers WHERE ? = ? AND length(name) > 3", None),
        ("SELECT id FROM orders WHERE customer_id = ? ORDER BY day LIMIT 9", Scan("orders", "customer_id")),
        ("SELECT id FROM orders WHERE ? | total = ?", None),
        ("SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE c.id = ? AND (? | o.total = ?)", Scan("orders", "customer_id")),
        ("DELETE FROM mails WHERE id IN (SELECT m.id FROM mails m LEFT JOIN customers c ON c.id = m.printed WHERE c.id IS NULL)", None),
        ("SELECT (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) FROM customers c", Scan("orders", "customer_id")),
        ("SELECT id FROM mails WHERE printed = 0 ORDER BY day LIMIT 9", None),
        ("WITH RECURSIVE later (id) AS (SELECT id FROM orders WHERE id = ? UNION ALL SELECT o.id FROM later l JOIN orders o ON o.id = l.id + 1) SELECT c.id FROM customers c JOIN later ON later.id = c.id WHERE c.id = ?", None),
    ],
)  # fmt: skip
def test_what_no_index_serves(sql: str, found: Scan | None) -> None:
    conn = sqlite3.connect(":memory:")
    conn.executescript(SCHEMA)
    plan = tuple(row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {sql}", (1,) * sql.count("?")))
    conn.close()
    assert scanned(sql, plan) == found


def test_slopes() -> None:
    assert slope((8, 32, 128), (3, 3, 3)) == 0
    assert slope((8, 32, 128), (8, 32, 128)) == pytest.approx(1)
    assert slope((8, 32, 128), (64, 1024, 16384)) == pytest.approx(2)


def test_sizes_must_grow() -> None:
    with pytest.raises(ValueError, match="growing sizes"):
        Growth(Trace("t"), (8, 8))
