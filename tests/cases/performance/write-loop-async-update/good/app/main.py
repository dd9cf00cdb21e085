from fastapi import Depends, FastAPI
from sqlalchemy import insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from .db import get_session
from .models import Order

app = FastAPI()


class Totals:
    def __init__(self, session):
        self.session = session

    async def set_all(self, changes):
        await self.session.execute(update(Order), [{"id": number, "total": total} for number, total in changes.items()])


@app.put("/totals")
async def totals(changes: dict[int, int], session: AsyncSession = Depends(get_session)):
    repository = Totals(session)
    async with session.begin():
        await repository.set_all(changes)
    return len(changes)
