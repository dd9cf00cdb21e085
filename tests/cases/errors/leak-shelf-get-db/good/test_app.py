import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

import app as shelf


@pytest.fixture
def client(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/shelf.db", connect_args={"check_same_thread": False})
    shelf.Base.metadata.create_all(engine)
    shelf.make_session.configure(bind=engine)
    yield TestClient(shelf.app)
    engine.dispose()


def test_add(client):
    assert client.post("/books/Emma").json() == {"titles": ["Emma"]}
