def test_latest(client):
    assert sorted(client.get("/latest").get_json()) == [2, 2]
