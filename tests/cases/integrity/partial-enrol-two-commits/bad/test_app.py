import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

import app as school


@pytest.fixture
def client(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/school.db")
    school.Base.metadata.create_all(engine)
    school.sessions.configure(bind=engine)
    with school.sessions.begin() as session:
        session.add(school.Course(id=3, title="Greek", free=1))
    yield TestClient(school.app)
    engine.dispose()


def test_enrol(client):
    answer = client.post("/courses/3/enrolments", params={"student": "Ann"})
    assert answer.status_code == 201
    assert answer.json() == {"enrolment": 1}


def test_no_free_seat(client):
    client.post("/courses/3/enrolments", params={"student": "Ann"})
    assert client.post("/courses/3/enrolments", params={"student": "Bob"}).status_code == 409
