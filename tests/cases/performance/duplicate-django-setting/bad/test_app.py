def test_prices(client, library):
    assert client.get("/prices").json()["11"] == 12
