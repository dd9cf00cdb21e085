def test_numbers(client):
    assert client.get("/numbers").get_json() == {"number": 5, "most": 9, "average": 5.0, "any": 1, "newest": 5}


def test_per_customer(client):
    assert client.get("/per-customer").get_json()[0] == [1, 7]
