import pytest
import responses
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app import CHARTS, Base, Sale, publish


@pytest.fixture
def sessions(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/sales.db")
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions.begin() as session:
        session.add_all([Sale(cents=100), Sale(cents=225)])
    yield sessions
    engine.dispose()


@responses.activate
def test_publish(sessions):
    responses.post(CHARTS, json={})
    assert publish(sessions) == 162.5
