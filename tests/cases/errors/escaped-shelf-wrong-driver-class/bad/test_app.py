import pytest

from app import create_app, metadata


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/shelf.db")
    app.testing = True
    engine = app.extensions["engine"]
    metadata.create_all(engine)
    yield app.test_client()
    engine.dispose()


def test_shelf(client):
    assert client.post("/shelf", data={"title": "Emma"}).status_code == 201
    assert client.post("/shelf", data={"title": "Dubliners"}).status_code == 201
    assert client.get("/shelf").json == ["Emma", "Dubliners"]


def test_no_title(client):
    assert client.post("/shelf").status_code == 400
