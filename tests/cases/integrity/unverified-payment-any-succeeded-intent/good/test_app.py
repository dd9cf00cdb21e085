import httpx
import pytest
import pytest_asyncio
import respx
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import create_async_engine

from app import create_app
from orders import Base, Order
from stripe_api import Stripe

INTENT = {
    "id": "pi_3Nx", "object": "payment_intent", "status": "succeeded", "amount": 5480, "amount_received": 5480,
    "currency": "eur", "metadata": {"order": "12"},
}  # fmt: skip


@pytest_asyncio.fixture
async def client(tmp_path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/nursery.db")
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.create_all)
        await conn.execute(insert(Order), {"id": 12, "plants": "3 roses", "total_cents": 5480})
    stripe = Stripe("sk_test_1")
    transport = httpx.ASGITransport(create_app(engine, stripe))
    async with httpx.AsyncClient(transport=transport, base_url="http://shop") as client:
        yield client
    await stripe.close()
    await engine.dispose()


@pytest.mark.asyncio
async def test_pay(client):
    with respx.mock() as api:
        api.get("https://api.stripe.com/v1/payment_intents/pi_3Nx").mock(return_value=httpx.Response(200, json=INTENT))
        reply = await client.post("/orders/12/payment", json={"intent": "pi_3Nx"})
    assert reply.json() == {"order": 12, "paid": True}


@pytest.mark.asyncio
async def test_not_yet_paid(client):
    with respx.mock() as api:
        waiting = {**INTENT, "status": "requires_payment_method", "amount_received": 0}
        api.get("https://api.stripe.com/v1/payment_intents/pi_3Nx").mock(return_value=httpx.Response(200, json=waiting))
        assert (await client.post("/orders/12/payment", json={"intent": "pi_3Nx"})).status_code == 402
