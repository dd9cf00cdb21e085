"""Courses of a night school."""
import logging

from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import ForeignKey, String
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

log = logging.getLogger("school")
app = FastAPI()
sessions = sessionmaker()


class Base(DeclarativeBase):
    pass


class Course(Base):
    __tablename__ = "courses"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    free: Mapped[int]


class Enrolment(Base):
    __tablename__ = "enrolments"
    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    student: Mapped[str] = mapped_column(String(80))


def get_session():
    with sessions() as session:
        yield session


def enrol(session, course, student):
    course.free -= 1
    enrolment = Enrolment(course_id=course.id, student=student)
    session.add(enrolment)
    session.flush()
    number = enrolment.id
    session.commit()
    return number


@app.post("/courses/{course_id}/enrolments", status_code=201)
def create(course_id: int, student: str, session: Session = Depends(get_session)):
    try:
        course = session.get(Course, course_id)
        if course is None or course.free < 1:
            raise HTTPException(409, "no free seat")
        return {"enrolment": enrol(session, course, student)}
    except SQLAlchemyError:
        session.rollback()
        log.exception("%s could not enrol", student)
        raise HTTPException(503, "try again later") from None
