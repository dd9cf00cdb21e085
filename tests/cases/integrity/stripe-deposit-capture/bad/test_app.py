import sqlite3

import pytest
import stripe
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def deposit(payment_api):
    payment_api.use()
    return stripe.PaymentIntent.create(
        amount=20000, currency="eur", payment_method="pm_card_visa", confirm=True, capture_method="manual"
    )


@pytest.fixture
def client(tmp_path, deposit):
    path = tmp_path / "rentals.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE rentals (id INTEGER PRIMARY KEY, intent TEXT NOT NULL, damage INTEGER)")
    conn.execute("INSERT INTO rentals VALUES (1, ?, NULL)", (deposit.id,))
    conn.commit()
    conn.close()
    return TestClient(create_app(path))


def test_damage(client, payment_api):
    response = client.post("/rentals/1/damage/4500")
    assert response.status_code == 200
    assert response.json() == {"rental": 1, "damage": 4500}
    assert payment_api.paid() == (1, 4500)


def test_no_rental(client):
    assert client.post("/rentals/2/damage/4500").status_code == 404
