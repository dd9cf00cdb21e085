def test_customer(client):
    for number, name in ((1, "Ann"), (2, "Ben"), (3, "Cem")):
        assert client.get(f"/customers/{number}").json() == name
        assert client.get(f"/orders/{number}").json() == 2
