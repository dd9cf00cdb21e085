def test_convert(client):
    assert client.post("/convert", data={"prices": "1,2,3,4,5,6"}).get_json() == [1, 20, 3, 40, 5, 60]
