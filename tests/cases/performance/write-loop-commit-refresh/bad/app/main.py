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
    numbers = []
    for line in lines:
        order = Order(customer_id=line.customer_id, total=line.total)
        session.add(order)
        session.commit()
        session.refresh(order)
        numbers.append(order.id)
    return numbers
