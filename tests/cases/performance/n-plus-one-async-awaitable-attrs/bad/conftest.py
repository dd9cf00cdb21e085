import asyncio
import os
import tempfile

os.environ.setdefault("SHOP_URL", f"sqlite+aiosqlite:///{tempfile.mkdtemp()}/shop.db")

import pytest
from fastapi.testclient import TestClient

from app.db import SessionLocal, engine
from app.main import app
from app.models import Base, Customer, Order, Tax


async def fill():
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.drop_all)
        await conn.run_sync(Base.metadata.create_all)
    async with SessionLocal.begin() as session:
        session.add_all([Tax(country="no", rate=25), Tax(country="dk", rate=20)])
        for number, name in enumerate(["Ann", "Ben", "Cem", "Dea"], 1):
            session.add(Customer(id=number, name=name))
            session.add(Order(id=number, customer_id=number, total=number, note="x"))
            session.add(Order(id=number + 10, customer_id=number, total=number))
    await engine.dispose()


@pytest.fixture
def client():
    asyncio.run(fill())
    with TestClient(app) as client:
        yield client
