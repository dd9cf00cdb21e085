import responses
from app import app


@responses.activate
def test_home():
    responses.get("https://rates.example/usd", json={"rate": 1.08})
    assert app.test_client().get("/").json == {"usd": 1.08}
