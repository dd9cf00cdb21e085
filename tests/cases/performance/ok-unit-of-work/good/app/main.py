from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from .db import get_session
from .models import Customer, Order

app = FastAPI()


class Line(BaseModel):
    customer_id: int
    total: int


@app.post("/orders", status_code=201)
def add(lines: list[Line], session: Session = Depends(get_session)):
    for line in lines:
        session.add(Order(customer_id=line.customer_id, total=line.total))
    session.commit()
    return len(lines)


@app.put("/discount/{percent}")
def discount(percent: int, session: Session = Depends(get_session)):
    numbers = (1, 2, 3, 4)
    for order in session.scalars(select(Order).where(Order.id.in_(numbers))):
        order.total = order.total * (100 - percent)
        order.note = "discount"
    session.commit()
    return "done"
