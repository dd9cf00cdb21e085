from app import create_app


def test_login():
    answer = create_app().test_client().post("/login", data={"name": "ann", "password": "violet-sky-3"})
    assert answer.headers["Location"] == "/diary"
