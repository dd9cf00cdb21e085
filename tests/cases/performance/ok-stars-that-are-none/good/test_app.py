def test_numbers(client):
    assert client.get("/numbers").get_json() == {"number": 5, "some": 1, "price": 10}


def test_best(client):
    assert client.get("/best").get_json() == [5, 7, 9, 2]


def test_inner(client):
    assert client.get("/inner").get_json() == [2, 5]
