import sqlite3

import app
import pytest


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setattr(app, "verify_signature", lambda body, signature: True)
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT)")
    conn.execute("INSERT INTO orders VALUES ('a', 'new')")
    conn.commit()
    conn.close()
    return app.create_app(tmp_path / "shop.db").test_client()


def test_hook(client):
    event = {"type": "payment.paid", "order": "a", "amount": 100}
    response = client.post("/hooks/pay", json=event, headers={"X-Signature": "sig"})
    assert response.json == {"ok": True}
