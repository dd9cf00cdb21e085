import pytest

from shipping.celery import app
from shipping.db import Base, Parcel, Session, engine


@pytest.fixture(autouse=True)
def eager():
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def parcel():
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    with Session.begin() as session:
        session.add(Parcel(id=7, address="1 Main Street"))
    return 7
