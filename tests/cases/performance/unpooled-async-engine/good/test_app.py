def test_customer(client):
    assert [client.get(f"/customers/{number}").json() for number in (1, 2, 3)] == ["Ann", "Ben", "Cem"]
