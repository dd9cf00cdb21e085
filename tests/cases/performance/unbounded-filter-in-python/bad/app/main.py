from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from .customers import Customers
from .db import get_session

app = FastAPI()


@app.get("/customers/search")
async def search(name: str, session: AsyncSession = Depends(get_session)):
    found = await Customers(session).everybody()
    return [customer.name for customer in found if customer.name.lower().startswith(name.lower())]
