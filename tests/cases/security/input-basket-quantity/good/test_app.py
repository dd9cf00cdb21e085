from app import create_app


def test_price():
    answer = create_app().test_client().post("/basket", json={"item": "tea", "quantity": 2})
    assert answer.get_json() == {"cents": 900}
