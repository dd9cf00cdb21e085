from sqlalchemy import select

from .models import Customer, Order


class Orders:
    def __init__(self, session):
        self.session = session

    def latest(self):
        return self.session.scalars(select(Order).order_by(Order.id.desc()).limit(20)).all()

    def customer(self, number):
        return self.session.scalars(select(Customer).where(Customer.id == number)).one()

    def customers(self, numbers):
        found = self.session.scalars(select(Customer).where(Customer.id.in_(numbers)))
        return {customer.id: customer for customer in found}
