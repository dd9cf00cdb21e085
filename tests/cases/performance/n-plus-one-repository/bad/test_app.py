def test_overview(client):
    assert client.get("/overview").json()["11"] == "Ann"
