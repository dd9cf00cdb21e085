from flask import current_app, g
from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "items"
    sku: Mapped[str] = mapped_column(String(16), primary_key=True)
    quantity: Mapped[int]


def init_db(app, url):
    engine = create_engine(url)
    Base.metadata.create_all(engine)
    app.extensions["sessions"] = sessionmaker(engine)

    @app.teardown_appcontext
    def close(exc):
        session = g.pop("session", None)
        if session is not None:
            session.close()


def session():
    if "session" not in g:
        g.session = current_app.extensions["sessions"]()
    return g.session
