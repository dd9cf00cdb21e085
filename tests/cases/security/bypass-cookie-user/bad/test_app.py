from app import create_app


def test_me():
    client = create_app().test_client()
    client.get("/enter/1")
    assert client.get("/me").get_json() == {"name": "ann"}
