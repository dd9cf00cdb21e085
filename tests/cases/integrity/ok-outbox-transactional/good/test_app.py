import pytest
import respx

from shop import create_app
from shop.db import init_db


@pytest.fixture
def client(tmp_path):
    app = create_app(str(tmp_path / "shop.db"))
    app.testing = True
    with app.app_context():
        init_db()
    return app.test_client()


@respx.mock
def test_order(client):
    route = respx.post("https://depot.example/shipments").respond(202)
    response = client.post("/orders", data={"article": "kettle"})
    assert response.status_code == 202
    assert response.json == {"order": 1, "state": "accepted"}
    assert route.calls.last.request.headers["Idempotency-Key"] == "order-1"


def test_no_article(client):
    assert client.post("/orders").status_code == 400
