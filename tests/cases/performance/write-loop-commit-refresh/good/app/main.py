from fastapi import Depends, FastAPI
from pydantic import BaseModel
from sqlalchemy.orm import Session

from .db import get_session
from .models import Order

app = FastAPI()


class Line(BaseModel):
    customer_id: int
    total: int


@app.post("/orders", status_code=201)
def add(lines: list[Line], session: Session = Depends(get_session)):
    orders = [Order(customer_id=line.customer_id, total=line.total) for line in lines]
    session.add_all(orders)
    session.flush()
    numbers = [order.id for order in orders]
    session.commit()
    return numbers
