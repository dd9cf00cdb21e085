from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .db import get_session
from .models import Customer, Order

app = FastAPI()


@app.get("/page")
def page(session: Session = Depends(get_session)):
    found = session.scalars(select(Customer).options(selectinload(Customer.orders)).order_by(Customer.id).limit(10))
    return {customer.id: len(customer.orders) for customer in found}
