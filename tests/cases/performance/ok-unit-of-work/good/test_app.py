def test_add(client):
    lines = [{"customer_id": 1, "total": number} for number in range(6)]
    assert client.post("/orders", json=lines).json() == 6


def test_discount(client):
    assert client.put("/discount/50").json() == "done"
