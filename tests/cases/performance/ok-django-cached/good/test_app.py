def test_prices(client, library):
    assert client.get("/prices").json()["11"] == 12


def test_shelf(client, library):
    assert client.get("/shelf").json()["number"] == 8
