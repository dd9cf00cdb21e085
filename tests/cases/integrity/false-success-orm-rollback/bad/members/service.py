from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from .models import Member


class MembersError(Exception):
    pass


class Members:
    def __init__(self, url):
        self.engine = create_engine(url)
        self.sessions = sessionmaker(self.engine)

    def close(self):
        self.engine.dispose()

    def join(self, name):
        with self.sessions() as session:
            session.add(Member(name=name))
            try:
                session.commit()
            except SQLAlchemyError:
                session.rollback()
        return {"name": name, "welcome": True}

    def knows(self, name):
        try:
            with self.sessions() as session:
                return session.get(Member, name) is not None
        except SQLAlchemyError as exc:
            raise MembersError("members cannot be read") from exc
