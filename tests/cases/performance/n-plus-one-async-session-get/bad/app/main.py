from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Customer, Order

app = FastAPI()


@app.get("/orders")
async def orders(session: AsyncSession = Depends(get_session)):
    found = []
    for order in await session.scalars(select(Order).order_by(Order.id).limit(20)):
        customer = await session.get(Customer, order.customer_id)
        found.append({"id": order.id, "customer": customer.name})
    return found
