import pytest
from sqlalchemy import insert

from app import create_app
from schema import trips


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/lifts.db")
    rows = [
        {"lift": "A", "started_at": "2031-02-03 08:01:00", "floors": 12},
        {"lift": "B", "started_at": "2031-02-03 23:59:59", "floors": 30},
        {"lift": "A", "started_at": "2031-02-04 00:00:00", "floors": 90},
    ]
    with app.extensions["engine"].begin() as conn:
        conn.execute(insert(trips), rows)
    yield app.test_client()
    app.extensions["engine"].dispose()


def test_busiest(client):
    reply = client.get("/busiest/2031-02-03").json
    assert reply["lifts"] == [{"lift": "B", "floors": 30, "trips": 1}, {"lift": "A", "floors": 12, "trips": 1}]


def test_no_day(client):
    assert client.get("/busiest/2031-02-31").status_code == 404
