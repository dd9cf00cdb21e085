from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker


class Base(DeclarativeBase):
    pass


class Consent(Base):
    __tablename__ = "consents"
    id: Mapped[int] = mapped_column(primary_key=True)
    person: Mapped[str]


class NewConsent(BaseModel):
    person: str


SessionLocal = sessionmaker()
app = FastAPI()


def get_session():
    session = SessionLocal()
    try:
        yield session
        session.commit()
    finally:
        session.close()


@app.exception_handler(SQLAlchemyError)
async def not_stored(request: Request, exc: SQLAlchemyError):
    return JSONResponse({"detail": "not stored"}, status_code=503)


@app.post("/consents", status_code=201)
def consent(new: NewConsent, session: Session = Depends(get_session)):
    session.add(Consent(person=new.person))
    return {"person": new.person}
