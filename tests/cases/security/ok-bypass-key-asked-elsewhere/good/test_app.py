import responses
from app import create_app


@responses.activate
def test_profile():
    responses.get("https://id.example/me", json={"name": "ann"})
    answer = create_app().test_client().get("/profile", headers={"Authorization": "Bearer t-99-abcdef"})
    assert answer.get_json() == {"name": "ann"}
