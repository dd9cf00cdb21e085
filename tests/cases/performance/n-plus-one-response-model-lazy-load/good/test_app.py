import pytest
from fastapi.testclient import TestClient

from app import create_app
from models import Line, Stop


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/bus.db")
    with app.state.sessions.begin() as session:
        for name in ("1", "2", "3", "4"):
            stops = [Stop(position=n, name=f"{name}/{n}") for n in range(3)]
            session.add(Line(town="evora", name=name, stops=stops))
    yield TestClient(app)
    app.state.engine.dispose()


def test_lines(client):
    lines = client.get("/towns/evora/lines").json()
    assert [line["name"] for line in lines] == ["1", "2", "3", "4"]
    assert lines[1]["stops"][2] == {"position": 2, "name": "2/2"}


def test_limit(client):
    assert len(client.get("/towns/evora/lines", params={"limit": 1}).json()) == 1
