from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from app import Base, register


def test_register(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/users.db")
    Base.metadata.create_all(engine)
    session = Session(engine)
    assert register(session, "ann") == 1
    session.close()
    engine.dispose()
