from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from .db import get_session
from .models import Order

app = FastAPI()


@app.get("/orders")
async def orders(session: AsyncSession = Depends(get_session)):
    found = await session.scalars(select(Order).options(joinedload(Order.customer)).order_by(Order.id).limit(20))
    return [{"id": order.id, "customer": order.customer.name} for order in found]
