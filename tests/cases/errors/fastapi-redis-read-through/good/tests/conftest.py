import fakeredis
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from app.deps import get_redis, get_session
from app.main import app
from app.models import Base, Product


@pytest.fixture
def client():
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Product(sku="TEA-1", name="Tea", price_cents=450))
        session.commit()

    def sessions():
        with Session(engine) as session:
            yield session

    cache = fakeredis.FakeRedis()
    app.dependency_overrides = {get_session: sessions, get_redis: lambda: cache}
    yield TestClient(app)
    app.dependency_overrides = {}
    engine.dispose()
