"""To-do list with one scoped session, as in many tutorials."""
import logging

from flask import Flask, jsonify, request
from sqlalchemy import String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, scoped_session, sessionmaker

log = logging.getLogger("todo")
db = scoped_session(sessionmaker())


class Base(DeclarativeBase):
    pass


class Todo(Base):
    __tablename__ = "todos"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))


def create_app(url):
    app = Flask(__name__)
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    db.remove()
    db.configure(bind=engine)

    @app.teardown_appcontext
    def end_of_request(exc):
        if exc is None:
            db.expire_all()

    @app.errorhandler(SQLAlchemyError)
    def failed(exc):
        log.error("database failed", exc_info=exc)
        return jsonify(error="try again later"), 503

    @app.post("/todos")
    def add():
        text = request.form.get("text", "").strip()
        if not 0 < len(text) <= 200:
            return jsonify(error="text is missing"), 400
        todo = Todo(text=text)
        db.add(todo)
        db.commit()
        return jsonify(id=todo.id, text=todo.text), 201

    @app.get("/todos")
    def newest():
        todos = db.scalars(select(Todo).order_by(Todo.id.desc()).limit(50))
        return jsonify(todos=[{"id": t.id, "text": t.text} for t in todos])

    return app
