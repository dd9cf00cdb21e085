import sqlite3

import pytest
import requests_mock
from app import PAY, pay


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, cents INTEGER, state TEXT)")
    conn.execute("INSERT INTO orders VALUES (1, 990, 'new')")
    conn.commit()
    conn.close()
    return tmp_path / "shop.db"


def test_pay(path):
    money = {"amount": 990, "currency": "EUR"}
    with requests_mock.Mocker() as mock:
        mock.post(f"{PAY}/payments", json={"id": "pay_a", "status": "authorized", **money})
        mock.post(f"{PAY}/payments/pay_a/captures", json={"id": "cap_a", "status": "captured", **money})
        assert pay(path, 1) == "paid"
