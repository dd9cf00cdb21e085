def test_add(client):
    lines = [{"customer_id": 1, "total": number} for number in range(4)]
    assert len(client.post("/orders", json=lines).json()) == 4
