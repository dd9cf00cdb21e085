from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload, subqueryload

from .db import get_session
from .models import Customer, Order

app = FastAPI()


@app.get("/customers")
def customers(session: Session = Depends(get_session)):
    found = session.scalars(select(Customer).options(selectinload(Customer.orders)).order_by(Customer.id).limit(20))
    return {c.name: [order.customer.name + str(order.total) for order in c.orders] for c in found}


@app.get("/summary/{number}")
def summary(number: int, session: Session = Depends(get_session)):
    customer = session.get(Customer, number)
    biggest = session.scalars(select(Order).where(Order.customer_id == number).order_by(Order.total.desc()).limit(1)).first()
    lines = []
    for order in customer.orders:
        lines.append(f"{session.get(Customer, order.customer_id).name}: {order.total}")
    return {"lines": lines, "biggest": biggest.total}
