def test_totals(client):
    assert client.put("/totals", json={"1": 5, "2": 6, "3": 7, "4": 8}).json() == 4
