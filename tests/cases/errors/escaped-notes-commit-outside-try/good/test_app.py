import pytest

from app import Base, app, engine


@pytest.fixture(scope="module", autouse=True)
def tables():
    Base.metadata.create_all(engine)
    yield
    Base.metadata.drop_all(engine)


@pytest.fixture
def client():
    return app.test_client()


def test_add(client):
    response = client.post("/notes", json={"text": "buy milk"})
    assert response.status_code == 201
    assert response.json["text"] == "buy milk"


def test_read(client):
    added = client.post("/notes", json={"text": "call home"}).json
    response = client.get(f"/notes/{added['id']}")
    assert response.status_code == 200
    assert response.json == {"id": added["id"], "text": "call home"}


def test_nothing_to_read(client):
    assert client.get("/notes/9999").status_code == 404


def test_empty_note(client):
    assert client.post("/notes", json={"text": ""}).status_code == 400
