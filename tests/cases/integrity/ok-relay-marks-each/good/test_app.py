import httpx
import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from app import Base, Message, relay


@pytest.fixture
def sessions(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/relay.db")
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions.begin() as session:
        session.add_all([Message(text="one"), Message(text="two"), Message(text="three")])
    yield sessions
    engine.dispose()


def test_relay(sessions):
    transport = httpx.MockTransport(lambda request: httpx.Response(202))
    with httpx.Client(base_url="https://sms.example", transport=transport) as client:
        assert relay(sessions, client) == 3
        assert relay(sessions, client) == 0
