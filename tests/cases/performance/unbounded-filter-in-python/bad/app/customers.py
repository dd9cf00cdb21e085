from sqlalchemy import select

from .models import Customer


class Customers:
    def __init__(self, session):
        self.session = session

    async def everybody(self):
        return (await self.session.execute(select(Customer).order_by(Customer.name))).scalars().all()
