def test_me(client):
    for _ in range(5):
        assert client.get("/me").json() == "Ann"
    assert client.get("/me/orders").json() == {"Ann": [1, 4]}
    assert client.get("/me/orders").json() == {"Ann": [1, 4]}
