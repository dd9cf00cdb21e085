import app as consents
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine, select


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/consents.db")
    consents.Base.metadata.create_all(engine)
    consents.SessionLocal.configure(bind=engine)
    yield engine
    engine.dispose()


def test_consent(engine):
    response = TestClient(consents.app).post("/consents", json={"person": "Ada"})
    assert response.status_code == 201
    with engine.connect() as conn:
        assert conn.scalar(select(consents.Consent.person)) == "Ada"
