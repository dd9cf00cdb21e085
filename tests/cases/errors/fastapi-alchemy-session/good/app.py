import logging

from fastapi import APIRouter, Depends, FastAPI, HTTPException
from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

log = logging.getLogger("members")


class Base(DeclarativeBase):
    pass


class Member(Base):
    __tablename__ = "members"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)


SessionLocal = sessionmaker(expire_on_commit=False)
router = APIRouter(prefix="/members", tags=["members"])


def get_session():
    with SessionLocal() as session:
        yield session


@router.get("/{member_id}")
def show(member_id: int, session: Session = Depends(get_session)):
    try:
        member = session.scalar(select(Member).where(Member.id == member_id))
    except SQLAlchemyError:
        log.exception("member %s could not be read", member_id)
        raise HTTPException(503, "try again later") from None
    if member is None:
        raise HTTPException(404, "no such member")
    return {"id": member.id, "email": member.email}


@router.post("", status_code=201)
def join(email: str, session: Session = Depends(get_session)):
    member = Member(email=email)
    session.add(member)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise HTTPException(409, "is a member already") from None
    except SQLAlchemyError:
        session.rollback()
        log.exception("a member could not join")
        raise HTTPException(503, "try again later") from None
    return {"id": member.id}


def create_app():
    app = FastAPI()
    app.include_router(router, prefix="/api/v1")
    return app
