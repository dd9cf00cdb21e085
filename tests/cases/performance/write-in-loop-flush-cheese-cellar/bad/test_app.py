import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def client(tmp_path):
    with TestClient(create_app(f"sqlite+aiosqlite:///{tmp_path}/cellar.db")) as client:
        yield client


def test_batch_is_labelled(client):
    reply = client.post("/batches", data={"batch": "G-25", "count": "8", "shelf": "12"})
    assert reply.status_code == 201
    labels = reply.json()["labels"]
    assert labels[0] == "G-25/000001" and labels[-1] == "G-25/000008"


def test_labels_go_on(client):
    for batch in ("A", "B"):
        labels = client.post("/batches", data={"batch": batch, "count": "2", "shelf": "1"}).json()["labels"]
    assert labels == ["B/000003", "B/000004"]
