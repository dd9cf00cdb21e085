def test_taxed(client):
    assert client.get("/taxed/no").json()[0] == 125
