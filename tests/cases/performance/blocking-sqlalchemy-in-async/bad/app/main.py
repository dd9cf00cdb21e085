from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from .db import get_session
from .models import Customer

app = FastAPI()


@app.get("/customers/{number}")
async def customer(number: int, session: Session = Depends(get_session)):
    return session.scalar(select(Customer.name).where(Customer.id == number))
