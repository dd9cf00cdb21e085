import sqlite3
from wsgiref.validate import validator

import app
import httpx
import pytest


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = str(tmp_path / "guests.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE guests (name TEXT)")
    monkeypatch.setattr(app, "DATABASE", path)
    transport = httpx.WSGITransport(app=validator(app.guestbook))
    with httpx.Client(transport=transport, base_url="http://guests.example") as client:
        yield client


def test_sign(client):
    response = client.post("/", data={"name": "Grace"})
    assert response.status_code == 201
    assert response.json() == {"thanks": "Grace"}


def test_only_post(client):
    assert client.get("/").status_code == 405
