from app import create_app


def test_visit():
    assert create_app().test_client().post("/visits").json == {"count": 1}
