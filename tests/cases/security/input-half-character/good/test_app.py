from app import create_app


def test_cards():
    reply = create_app().test_client().post("/cards", json={"title": "Welcome", "copies": 5})
    assert reply.get_json() == {"title": "Welcome", "copies": 5}
