import pytest
from app import create_app, engine
from sqlalchemy import text


@pytest.fixture
def client():
    with engine.begin() as conn:
        conn.execute(text("DROP TABLE IF EXISTS sales"))
        conn.execute(text("CREATE TABLE sales (region, seller, cents)"))
        conn.execute(text("INSERT INTO sales VALUES ('north', 'O''Neill', 500), ('south', 'Li', 700)"))
    return create_app().test_client()


def test_of(client):
    assert client.get("/sales/O'Neill?region=north&region=south").json == [{"region": "north", "cents": 500}]


def test_totals(client):
    assert [row["name"] for row in client.get("/totals?by=region").json] == ["north", "south"]
