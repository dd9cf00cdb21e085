from fastapi.testclient import TestClient

from app import app, issue

client = TestClient(app)


def as_ada():
    return {"Authorization": "Bearer " + issue("ada")}


def test_notes():
    assert client.get("/notes", headers=as_ada()).json()[0] == "first note"


def test_add():
    assert client.post("/notes", data={"text": "second"}, headers=as_ada()).status_code == 201


def test_stranger():
    assert client.get("/notes").status_code == 401
