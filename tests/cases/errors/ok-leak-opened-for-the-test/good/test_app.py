import sqlite3

import pytest

from app import Ledger


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "ledger.db")
    conn.execute("CREATE TABLE ledger (cents INT)")
    conn.close()
    return tmp_path / "ledger.db"


def test_book(path):
    ledger = Ledger(path)
    assert ledger.book(100) == 100
    assert ledger.book(50) == 150
    ledger.close()
