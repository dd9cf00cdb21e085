from __future__ import annotations

import pytest

from pytest_prodready.seams.sql import classify


@pytest.mark.parametrize(
    ("sql", "kind", "operation"),
    [
        ("SELECT a FROM users WHERE id = ?", "read", "read users"),
        ("  -- who\n /* all */ select 1", "read", "read"),
        ("(SELECT 1)", "read", "read"),
        ('INSERT INTO "my orders" (a) VALUES (1)', "write", "write my orders"),
        ("INSERT OR IGNORE INTO words (word) VALUES (?)", "write", "write words"),
        ("insert into main.orders values (1)", "write", "write orders"),
        ("UPDATE OR REPLACE stock SET n = 1", "write", "write stock"),
        ("DELETE FROM [old things]", "write", "write old things"),
        ("REPLACE INTO t VALUES (1)", "write", "write t"),
        ("CREATE TABLE IF NOT EXISTS t (a)", "write", "write t"),
        ("DROP TABLE IF EXISTS `t`", "write", "write t"),
        ("WITH x AS (SELECT 1) SELECT * FROM x", "read", "read x"),
        ("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "write", "write t"),
        ("PRAGMA table_info(t)", "read", "read"),
        ("PRAGMA foreign_keys = ON", "other", "other"),
        ("BEGIN", "begin", "begin"),
        ("BEGIN IMMEDIATE", "write", "write"),
        ("COMMIT", "commit", "commit"),
        ("END TRANSACTION", "commit", "commit"),
        ("ROLLBACK TO s", "rollback", "rollback"),
        ("SAVEPOINT s", "other", "other"),
        ("", "other", "other"),
    ],
)
def test_classify(sql: str, kind: str, operation: str) -> None:
    assert classify(sql) == (kind, operation)
