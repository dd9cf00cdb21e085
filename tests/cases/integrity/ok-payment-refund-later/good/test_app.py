import sqlite3

import pytest
import requests_mock
from app import REFUNDS, refund


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, state TEXT, charge TEXT)")
    conn.execute("INSERT INTO orders VALUES (1, 'paid', 'ch_a')")
    conn.commit()
    conn.close()
    return tmp_path / "shop.db"


def test_refund(path):
    with requests_mock.Mocker() as mock:
        mock.post(REFUNDS, json={"id": "re_a", "object": "refund", "amount": 500, "status": "succeeded", "charge": "ch_a"})
        assert refund(path, 1) == "refunded"
