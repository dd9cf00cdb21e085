from sqlalchemy import select

from .models import Order


def pairs(session):
    """Orders of the same total."""
    orders = session.execute(select(Order.id, Order.total).where(Order.id > 0)).all()
    other = session.execute(select(Order.id, Order.total).where(Order.id > 0)).all()
    return sum(1 for one in orders for two in other if one.total == two.total and one.id < two.id)


def pairs_of_database(session):
    one, two = Order.__table__.alias(), Order.__table__.alias()
    return len(session.execute(select(one.c.id, two.c.id).where(one.c.id > 0, two.c.id > 0, one.c.id < two.c.id)).all())
