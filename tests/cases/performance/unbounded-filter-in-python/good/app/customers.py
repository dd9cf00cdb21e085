from sqlalchemy import select

from .models import Customer


class Customers:
    def __init__(self, session):
        self.session = session

    async def named(self, name):
        return (await self.session.execute(select(Customer).where(Customer.name.istartswith(name)).order_by(Customer.name).limit(20))).scalars().all()
