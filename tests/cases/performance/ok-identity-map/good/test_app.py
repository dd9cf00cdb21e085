def test_customers(client):
    assert client.get("/customers").json()["Ben"] == ["Ben2", "Ben2"]


def test_summary(client):
    for number in (1, 2, 3, 4):
        assert client.get(f"/summary/{number}").json()["biggest"] == number
