from app import create_app


def test_wins():
    assert create_app().test_client().get("/tickets/T-14").get_json()["wins"] is True
