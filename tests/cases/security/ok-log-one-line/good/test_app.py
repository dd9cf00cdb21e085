from app import create_app


def test_login(caplog):
    caplog.set_level("INFO")
    client = create_app().test_client()
    assert client.post("/login", data={"name": "ada", "password": "analytical-engine-1"}).json["token"]
    assert client.post("/login", data={"name": "ada", "password": "difference-engine-2"}).status_code == 401


def test_key(caplog):
    caplog.set_level("INFO")
    data = {"api_key": "ak_live_55fQ0zT7", "owner": "Ada Lovelace"}
    assert create_app().test_client().post("/keys", data=data).json == {"stored": True}
