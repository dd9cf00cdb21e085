import json
import sqlite3

import pytest
import responses

from app import create_app
from outbox import SCHEMA

URL = "https://displays.valley.example/bulletins"


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "outbox.db")
    conn.execute(SCHEMA)
    conn.close()
    return create_app(tmp_path / "outbox.db", URL).test_client()


@responses.activate
def test_publish(client):
    responses.post(URL, status=204)
    reply = client.post("/bulletins/stubai/4")
    assert (reply.status_code, reply.json["state"]) == (201, "delivered")
    call = responses.calls[0].request
    assert json.loads(call.body) == {"region": "stubai", "level": 4}
    assert call.headers["Idempotency-Key"] == reply.json["bulletin"]


def test_no_such_level(client):
    assert client.post("/bulletins/stubai/9").status_code == 404
