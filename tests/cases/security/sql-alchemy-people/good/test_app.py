import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from app import app, engine


@pytest.fixture(autouse=True)
def table():
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE IF NOT EXISTS people (id INTEGER PRIMARY KEY, name TEXT, city TEXT)"))
        conn.execute(text("CREATE INDEX IF NOT EXISTS by_city ON people (city)"))
        conn.execute(text("DELETE FROM people"))
        conn.execute(text("INSERT INTO people (name, city) VALUES ('Ada', 'Rome')"))


def test_people():
    assert TestClient(app).get("/people", params={"city": "Rome"}).json() == ["Ada"]
