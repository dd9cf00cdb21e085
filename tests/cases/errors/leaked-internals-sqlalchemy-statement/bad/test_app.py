import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import Base, Guest, create_app


@pytest.fixture
def client(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'guests.db'}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Guest(id=3, name="Ann", room=12))
        session.commit()
    yield create_app(engine).test_client()
    engine.dispose()


def test_guest(client):
    assert client.get("/guests/3").json == {"name": "Ann", "room": 12}


def test_move(client):
    assert client.put("/guests/3/room/14").status_code == 200
    assert client.get("/guests/3").json["room"] == 14


def test_nobody(client):
    assert client.get("/guests/4").status_code == 404
