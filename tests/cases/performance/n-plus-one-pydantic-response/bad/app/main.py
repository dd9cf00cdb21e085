from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from .db import get_session
from .models import Order

app = FastAPI()


class CustomerOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    name: str


class OrderOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    customer: CustomerOut


@app.get("/orders", response_model=list[OrderOut])
def list_orders(session: Session = Depends(get_session)):
    return session.scalars(select(Order).order_by(Order.id).limit(20)).all()
