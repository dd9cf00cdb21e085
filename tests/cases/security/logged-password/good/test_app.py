from app import create_app


def test_open():
    answer = create_app().test_client().post("/open", data={"name": "eve", "passcode": "kite-4711"})
    assert answer.data == b"open"
