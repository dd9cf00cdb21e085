from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Customer

app = FastAPI()


@app.get("/customers/{number}")
async def customer(number: int, session: AsyncSession = Depends(get_session)):
    return await session.scalar(select(Customer.name).where(Customer.id == number))
