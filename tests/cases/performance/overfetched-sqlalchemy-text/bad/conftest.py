import pytest
from fastapi.testclient import TestClient

from app.db import SessionLocal, engine
from app.main import app
from app.models import Base, Customer, Order, Tax


@pytest.fixture
def client():
    Base.metadata.create_all(engine)
    with SessionLocal.begin() as session:
        session.add_all([Tax(country="no", rate=25), Tax(country="dk", rate=20)])
        for number, name in enumerate(["Ann", "Ben", "Cem", "Dea"], 1):
            session.add(Customer(id=number, name=name))
            session.add(Order(id=number, customer_id=number, total=number, note="x"))
            session.add(Order(id=number + 10, customer_id=number, total=number))
    with TestClient(app) as client:
        yield client
    Base.metadata.drop_all(engine)
