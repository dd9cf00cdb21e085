def test_turnover(client):
    assert client.get("/turnover").json() == 20
