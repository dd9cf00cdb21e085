import responses

from app import app


@responses.activate
def test_tickets():
    responses.get("https://desk.example/tickets", json=["T-1", "T-2"])
    assert app.test_client().get("/tickets").get_json() == {"tickets": ["T-1", "T-2"]}
