import pytest
import respx
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from films import create_app
from films.models import Base, Film


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/films.db")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Film(id=1, title="Playtime"))
        session.commit()
    yield engine
    engine.dispose()


@respx.mock
def test_film(engine):
    respx.get("https://reviews.example/films/1").respond(json={"stars": 5, "count": 12})
    response = create_app(engine).test_client().get("/films/1")
    assert response.status_code == 200
    assert response.json == {"title": "Playtime", "stars": 5}


def test_no_film(engine):
    assert create_app(engine).test_client().get("/films/2").status_code == 404
