from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy.orm import Session

from .access import Access
from .db import get_session

app = FastAPI()


@app.get("/home/{number}")
def home(number: int, session: Session = Depends(get_session)):
    access = Access(session, number)
    if not access.may_read():
        raise HTTPException(403)
    return {"language": access.language(), "text": access.greeting()}
