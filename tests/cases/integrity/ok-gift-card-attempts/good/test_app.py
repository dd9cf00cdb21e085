import sqlite3

import pytest

from app import Gifts


@pytest.fixture
def gifts(tmp_path):
    conn = sqlite3.connect(tmp_path / "gifts.db")
    conn.executescript(
        "CREATE TABLE redeem_attempts (code, account);"
        "CREATE TABLE cards (code PRIMARY KEY, cents, used DEFAULT 0);"
        "CREATE TABLE accounts (name PRIMARY KEY, cents);"
        "INSERT INTO cards (code, cents) VALUES ('XMAS', 2000);"
        "INSERT INTO accounts VALUES ('ann', 0);"
    )
    yield Gifts(conn)
    conn.close()


def test_redeem(gifts):
    assert gifts.redeem("XMAS", "ann") == 2000
    assert gifts.redeem("XMAS", "ann") == 0
