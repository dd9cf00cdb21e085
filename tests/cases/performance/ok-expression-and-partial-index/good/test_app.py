import pytest
from fastapi.testclient import TestClient

from app import create_app
from models import Case


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/lost.db")
    with app.state.sessions.begin() as session:
        session.add(Case(id=1, email="Ann@Example.org", item="umbrella", shelf="U3"))
        session.add(Case(id=2, email="bo@example.org", item="umbrella", shelf="U4", state="closed"))
    yield TestClient(app)
    app.state.engine.dispose()


def test_mine(client):
    assert client.get("/cases/mine", params={"email": "ann@example.org"}).json() == [{"id": 1, "item": "umbrella", "state": "open"}]


def test_open(client):
    assert client.get("/cases/open", params={"item": "umbrella"}).json() == [{"id": 1, "shelf": "U3"}]
