from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from .db import SessionLocal, engine, get_session
from .models import Customer

app = FastAPI()


@app.get("/customers/{number}")
def customer(number: int, session: Session = Depends(get_session)):
    return session.get(Customer, number).name


@app.get("/orders/{number}")
def orders(number: int):
    with engine.connect() as conn, conn.begin():
        return conn.exec_driver_sql("SELECT count(id) FROM orders WHERE customer_id = ?", (number,)).scalar()
