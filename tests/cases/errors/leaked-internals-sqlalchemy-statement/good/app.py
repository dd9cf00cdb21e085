from flask import Flask, abort
from sqlalchemy import String
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    pass


class Guest(Base):
    __tablename__ = "guests"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    room: Mapped[int]


def create_app(engine):
    app = Flask(__name__)

    @app.errorhandler(DBAPIError)
    def database_failed(exc):
        app.logger.error("database failed", exc_info=exc)
        return {"error": f"the database says: {exc.orig}"}, 503

    @app.get("/guests/<int(max=999999):number>")
    def guest(number):
        with Session(engine) as session:
            found = session.get(Guest, number)
            if found is None:
                abort(404)
            return {"name": found.name, "room": found.room}

    @app.put("/guests/<int(max=999999):number>/room/<int(max=999):room>")
    def move(number, room):
        with Session(engine) as session, session.begin():
            found = session.get(Guest, number)
            if found is None:
                abort(404)
            found.room = room
        return {"room": room}

    return app
