"""A batch comes into the cellar: every wheel gets a place, its label carries the number in our books."""
from sqlalchemy import insert, select

from models import Wheel

SHELF_HOLDS = 6


def label(batch, number):
    return f"{batch}/{number:06}"


async def store_batch(session, batch, count, first_shelf):
    wheels = [{"batch": batch, "shelf": first_shelf + place // SHELF_HOLDS} for place in range(count)]
    await session.execute(insert(Wheel), wheels)
    newest = select(Wheel.id).where(Wheel.batch == batch).order_by(Wheel.id.desc()).limit(count)
    return [label(batch, number) for number in reversed((await session.scalars(newest)).all())]
