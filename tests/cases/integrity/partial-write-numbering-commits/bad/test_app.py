import pytest
from fastapi.testclient import TestClient

from app import create_app
from models import Sailing


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/ferry.db")
    with app.state.sessions.begin() as session:
        session.add(Sailing(id=8, route="Kiel-Oslo", metres_left=20))
    yield TestClient(app)
    app.state.engine.dispose()


def test_book_two_cars(client):
    assert client.post("/sailings/8/tickets", json={"plate": "KI-AB12", "metres": 5}).json() == {"ticket": 1, "plate": "KI-AB12"}
    assert client.post("/sailings/8/tickets", json={"plate": "EL44021", "metres": 6}).json()["ticket"] == 2
    assert client.get("/sailings/8").json() == {"route": "Kiel-Oslo", "metres_left": 9}


def test_full(client):
    assert client.post("/sailings/8/tickets", json={"plate": "TRUCK1", "metres": 21}).status_code == 409
