LINES = "\n".join(f"1;{number}" for number in range(10))


def test_import(client):
    assert client.post("/import", data=LINES).get_json() == 10


def test_copy(client):
    assert client.post("/copy", data=LINES).get_json() == 10
