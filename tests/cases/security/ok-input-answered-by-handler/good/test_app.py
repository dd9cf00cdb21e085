from app import create_app


def test_convert():
    assert round(create_app().test_client().get("/convert?km=10").get_json()["miles"], 1) == 6.2
