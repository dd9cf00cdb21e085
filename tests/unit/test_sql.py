"""What a statement does, and with which table."""

from __future__ import annotations

import time

import pytest

from pytest_prodready.seams.sql import classify, columns_of


@pytest.mark.parametrize(
    ("sql", "kind", "operation"),
    [
        ("SELECT 1", "read", "read"),
        ("select * from orders where id = ?", "read", "read orders"),
        ("  \n SELECT a\nFROM\n  orders", "read", "read orders"),
        ("-- FROM x\nSELECT a FROM orders", "read", "read orders"),
        ("/* by: shop */ SELECT a FROM orders", "read", "read orders"),
        ("(SELECT a FROM orders) UNION SELECT 1", "read", "read orders"),
        ('SELECT a FROM "order lines"', "read", "read order lines"),
        ("SELECT a FROM `orders`", "read", "read orders"),
        ("SELECT a FROM [orders]", "read", "read orders"),
        ('SELECT a FROM main."orders" o', "read", "read orders"),
        ("SELECT a FROM shop . orders", "read", "read orders"),
        ("  -- who\n /* all */ select 1", "read", "read"),
        ("(SELECT 1)", "read", "read"),
        ("VALUES (1)", "read", "read"),
        ("EXPLAIN SELECT a FROM orders", "read", "read orders"),
        ("WITH x AS (SELECT 1) SELECT * FROM x", "read", "read x"),
        ("INSERT INTO orders VALUES (?)", "write", "write orders"),
        ("insert or replace into orders values (?)", "write", "write orders"),
        ("INSERT INTO orders(a) SELECT a FROM old", "write", "write orders"),
        ("INSERT INTO orders VALUES (1) RETURNING id", "write", "write orders"),
        ("INSERT OR IGNORE INTO words (word) VALUES (?)", "write", "write words"),
        ("insert into main.orders values (1)", "write", "write orders"),
        ('INSERT INTO "my orders" (a) VALUES (1)', "write", "write my orders"),
        ("REPLACE INTO orders VALUES (1)", "write", "write orders"),
        ("UPDATE orders SET a = 1", "write", "write orders"),
        ("UPDATE OR IGNORE orders SET a = 1", "write", "write orders"),
        ("UPDATE OR REPLACE stock SET n = 1", "write", "write stock"),
        ("DELETE FROM orders", "write", "write orders"),
        ("DELETE FROM [old things]", "write", "write old things"),
        ("WITH x AS (SELECT 1) INSERT INTO orders SELECT * FROM x", "write", "write orders"),
        ("WITH x AS (SELECT 1) DELETE FROM orders WHERE id IN (SELECT * FROM x)", "write", "write orders"),
        ("WITH x AS (SELECT 1) UPDATE orders SET a = 1", "write", "write orders"),
        ("CREATE TABLE IF NOT EXISTS orders (a)", "write", "write orders"),
        ("CREATE UNIQUE INDEX i ON orders (a)", "write", "write i"),
        ("CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT 1; END", "write", "write t"),
        ("ALTER TABLE orders ADD COLUMN b", "write", "write orders"),
        ("DROP TABLE IF EXISTS orders", "write", "write orders"),
        ("DROP TABLE IF EXISTS `t`", "write", "write t"),
        ("DROP VIEW v", "write", "write v"),
        ("TRUNCATE TABLE orders", "write", "write orders"),
        ("VACUUM", "write", "write"),
        ("COMMIT", "commit", "commit"),
        ("END TRANSACTION", "commit", "commit"),
        ("BEGIN", "begin", "begin"),
        ("BEGIN DEFERRED", "begin", "begin"),
        ("BEGIN IMMEDIATE", "write", "write"),
        ("begin  exclusive transaction", "write", "write"),
        ("ROLLBACK", "rollback", "rollback"),
        ("ROLLBACK TO savepoint_1", "rollback", "rollback"),
        ("SAVEPOINT a", "other", "other"),
        ("RELEASE a", "other", "other"),
        ("PRAGMA foreign_keys = ON", "other", "other"),
        ("PRAGMA table_info(orders)", "read", "read"),
        ("ATTACH 'x.db' AS x", "other", "other"),
        ("", "other", "other"),
        ("-- only a comment", "other", "other"),
        ("?", "other", "other"),
    ],
)
def test_classify(sql: str, kind: str, operation: str) -> None:
    assert classify(sql) == (kind, operation)
    assert classify(sql + " ;\n")[0] == kind


@pytest.mark.parametrize("sql", ["SELECT " + "(" * 50_000, "/*" * 50_000, "WITH x AS (" + ") " * 20_000, "-" * 100_000])
def test_hostile_statements_cost_no_time(sql: str) -> None:
    started = time.process_time()
    classify(sql)
    assert time.process_time() - started < 2  # seconds; what is quadratic takes minutes


@pytest.mark.parametrize(
    ("sql", "columns"),
    [
        ("CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL)", ("id INTEGER", "name VARCHAR")),
        ('create table if not exists "t" ("a b" TEXT DEFAULT (1, 2), c, UNIQUE (c))', ('"a b" TEXT', "c")),
        ("CREATE TABLE a (x); CREATE TABLE b (y INT, FOREIGN KEY (y) REFERENCES a (x))", ("x", "y INT")),
        ("CREATE TABLE t AS SELECT 1", ()),
        ("CREATE INDEX i ON t (a)", ()),
    ],
)
def test_columns_of_a_new_table(sql: str, columns: tuple[str, ...]) -> None:
    assert columns_of(sql) == columns
