from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Customer

app = FastAPI()


@app.get("/customers")
async def customers(name: str, session: AsyncSession = Depends(get_session)):
    return (await session.scalars(select(Customer.id).where(Customer.name == name).limit(5))).all()
