from app import create_app


def test_preview():
    answer = create_app().test_client().post("/mailings/preview", json={"greeting": "Good morning"})
    assert answer.json["text"].startswith("Good morning, Ada!")
