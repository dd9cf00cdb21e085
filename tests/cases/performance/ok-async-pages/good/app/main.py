from fastapi import Depends, FastAPI, Query
from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Customer, Order

app = FastAPI()


@app.get("/orders")
async def orders(after: int = 0, size: int = Query(3, le=100), session: AsyncSession = Depends(get_session)):
    query = select(Order.id).where(Order.id > after).order_by(Order.id).limit(size)
    return (await session.scalars(query)).all()


@app.get("/numbers")
async def numbers(session: AsyncSession = Depends(get_session)):
    number, total = (await session.execute(select(func.count(), func.sum(Order.total)).select_from(Order))).one()
    newest = (await session.scalars(select(Order).order_by(Order.id.desc()).limit(1))).first()
    biggest = (await session.execute(select(Customer.country, func.count()).group_by(Customer.country))).all()
    return [number, total, newest.id, len(biggest)]
