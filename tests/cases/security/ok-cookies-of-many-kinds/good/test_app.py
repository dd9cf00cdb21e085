from app import create_app


def test_session():
    client = create_app().test_client()
    assert client.post("/start").json == {"started": True}
    assert client.get("/theme/dark").json == {"theme": "dark"}
    assert client.post("/leave").json == {"left": True}


def test_over_https():
    client = create_app().test_client()
    assert client.post("/start", base_url="https://localhost").json == {"started": True}
