from app import app


def test_tickets_have_numbers():
    assert app.test_client().post("/tickets").get_json()["number"] >= 1
