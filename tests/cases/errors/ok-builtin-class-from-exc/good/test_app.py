import sqlite3

import pytest

from app import Ledger, remote_balance


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "ledger.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    return Ledger(path)


class TestLedger:
    @pytest.mark.parametrize("cents", [5, -5, 0])
    def test_add(self, ledger, cents):
        before = ledger.balance()
        ledger.add(cents)
        assert ledger.balance() == before + cents


def test_remote(requests_mock):
    requests_mock.get("https://bank.example/balance", json={"cents": 1250})
    assert remote_balance() == 1250
