from app import create_app


def test_profile():
    assert create_app().test_client().post("/profile", data={"password": "rainy-day-5"}).data == b"ok"
