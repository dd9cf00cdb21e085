from fastapi import Depends, FastAPI
from sqlalchemy import func, literal_column, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import load_only

from .db import get_session
from .models import Customer, Order

app = FastAPI()


@app.get("/orders/{number}")
async def order(number: int, session: AsyncSession = Depends(get_session)):
    found = await session.scalar(select(Order).options(load_only(Order.total, Order.customer_id)).where(Order.id == number))
    count = await session.scalar(select(func.count(literal_column("*"))).where(Order.customer_id == found.customer_id))
    return [found.total if found else None, count]
