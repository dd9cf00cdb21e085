import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "bills.db")
    conn = sqlite3.connect(app.config["DATABASE"])
    conn.execute(
        "CREATE TABLE bills (id INTEGER PRIMARY KEY, kwh REAL, total_kwh REAL, tax_rate REAL, discount_percent REAL,"
        " vat REAL, price_factor REAL, total_cents INTEGER)"
    )
    conn.close()
    return app.test_client()


def test_bill(client):
    answer = client.post("/bills", json={"kwh": 120.5, "cents_per_kwh": 31.2})
    assert answer.json == {"total": 37.6, "above": 1}
