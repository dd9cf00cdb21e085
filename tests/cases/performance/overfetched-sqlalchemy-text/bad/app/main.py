from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

from .db import get_session

app = FastAPI()


@app.get("/customers/{number}")
def customer(number: int, session: Session = Depends(get_session)):
    row = session.execute(text("SELECT * FROM customers WHERE id = :id"), {"id": number}).mappings().one()
    return row["name"]
