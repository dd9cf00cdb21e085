def test_home(client):
    assert client.get("/home/1").json() == {"language": "nb", "text": "Hei Ann"}
