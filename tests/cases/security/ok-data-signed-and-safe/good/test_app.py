from app import create_app


def test_basket():
    client = create_app().test_client()
    client.post("/basket/tea")
    assert client.post("/basket/milk").json == ["tea", "milk"]


def test_settings():
    client = create_app().test_client()
    assert client.post("/settings", data="colour: red\nsize: 4\n", content_type="text/yaml").json["names"]


def test_import():
    assert create_app().test_client().post("/import", data='[{"py": 1}]', content_type="text/plain").json == {"count": 1}
