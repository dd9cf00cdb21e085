from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from .db import get_session
from .pairs import pairs, pairs_of_database

app = FastAPI()


@app.get("/pairs")
def show(session: Session = Depends(get_session)):
    return pairs_of_database(session)
