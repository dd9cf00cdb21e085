import sqlite3

import pytest
import responses

from app import BANK, app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "payouts.db")
    conn = sqlite3.connect(app.config["DATABASE"])
    conn.execute("CREATE TABLE payouts (key TEXT PRIMARY KEY, cents INTEGER, status TEXT, version INTEGER DEFAULT 0)")
    conn.execute("INSERT INTO payouts (key, cents, status) VALUES ('p-1', 900, 'pending')")
    conn.commit()
    conn.close()
    return app.test_client()


@responses.activate
def test_payout(client):
    responses.post(BANK, json={"status": "accepted", "cents": 900})
    assert client.post("/payouts/p-1/send").json == {"key": "p-1", "status": "done"}


def test_no_such_payout(client):
    assert client.post("/payouts/p-2/send").status_code == 404
