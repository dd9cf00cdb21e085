import base64
import hashlib
import hmac
import json
import sqlite3

import pytest
from app import ADDRESS, KEY, create_app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT)")
    conn.execute("INSERT INTO orders VALUES ('a', 'new')")
    conn.commit()
    conn.close()
    return tmp_path / "shop.db"


def test_completed(path):
    payment = {"id": "hYy9pRFVxpDsO1FB05SunFWUe9JZY", "reference_id": "a", "status": "COMPLETED"}
    body = json.dumps({"type": "payment.updated", "data": {"object": {"payment": payment}}})
    digest = hmac.new(KEY, f"{ADDRESS}{body}".encode(), hashlib.sha256).digest()
    headers = {"X-Square-HmacSha256-Signature": base64.b64encode(digest).decode()}
    response = create_app(path).test_client().post("/square/events", data=body, headers=headers)
    assert response.status_code == 200
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT state FROM orders").fetchone() == ("COMPLETED",)
    conn.close()
