from fastapi import Depends, FastAPI
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from .db import get_session
from .models import Order

app = FastAPI()


@app.get("/turnover")
def turnover(session: Session = Depends(get_session)):
    return session.scalar(select(func.sum(Order.total)))
