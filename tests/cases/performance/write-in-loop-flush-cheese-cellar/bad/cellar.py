"""A batch comes into the cellar: every wheel gets a place, its label carries the number in our books."""
from models import Wheel

SHELF_HOLDS = 6


def label(batch, number):
    return f"{batch}/{number:06}"


async def store_batch(session, batch, count, first_shelf):
    labels = []
    for place in range(count):
        wheel = Wheel(batch=batch, shelf=first_shelf + place // SHELF_HOLDS)
        session.add(wheel)
        await session.flush()
        labels.append(label(batch, wheel.id))
    return labels
