from fastapi import Depends, FastAPI
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Customer, Order, Tax

app = FastAPI()


@app.post("/seed")
async def seed(session: AsyncSession = Depends(get_session)):
    """Each table gets its rows at once."""
    rows = {
        Customer: [{"name": name} for name in ("Eve", "Fay", "Gus")],
        Order: [{"customer_id": 1, "total": number} for number in range(3)],
        Tax: [{"country": country, "rate": 10} for country in ("fi", "de", "fr")],
    }
    async with session.begin():
        for model, values in rows.items():
            await session.execute(insert(model), values)
    return sum(map(len, rows.values()))
