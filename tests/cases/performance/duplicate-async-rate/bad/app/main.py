from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Order, Tax

app = FastAPI()


async def rate(session, country):
    return await session.scalar(select(Tax.rate).where(Tax.country == country))


@app.get("/taxed/{country}")
async def taxed(country: str, session: AsyncSession = Depends(get_session)):
    orders = (await session.scalars(select(Order).order_by(Order.id).limit(10))).all()
    return [order.total * (100 + await rate(session, country)) for order in orders]
