from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from .db import get_session
from .repository import Orders
from .service import overview

app = FastAPI()


@app.get("/overview")
def show(session: Session = Depends(get_session)):
    return overview(Orders(session))
