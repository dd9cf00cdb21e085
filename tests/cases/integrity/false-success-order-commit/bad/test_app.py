import pytest

from app import create_app, get_db


@pytest.fixture
def client(tmp_path):
    app = create_app({"DATABASE": str(tmp_path / "orders.db")})
    with app.app_context():
        get_db().executescript("""
            CREATE TABLE orders (id INTEGER PRIMARY KEY, article TEXT NOT NULL, pieces INTEGER NOT NULL);
        """)
    with app.test_client() as client:
        yield client


def test_order(client):
    response = client.post("/orders", json={"article": "kettle", "pieces": 2})
    assert response.status_code == 201
    assert response.json == {"id": 1, "state": "accepted"}
    assert client.get("/orders/1").json == {"article": "kettle", "pieces": 2}


def test_nonsense(client):
    assert client.post("/orders", json={"article": "kettle", "pieces": -1}).status_code == 400
