import pytest
from sqlalchemy import insert

from app import countries, create_app, metadata


@pytest.fixture
def client(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/countries.db")
    engine = app.extensions["engine"]
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(countries), [{"code": "CH"}, {"code": "FR"}])
    yield app.test_client()
    engine.dispose()


def test_countries(client):
    assert client.get("/countries").json == {"countries": ["CH", "FR"]}
