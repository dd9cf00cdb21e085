def test_upload(client, library):
    body = "1;One\n2;Two\n3;Three\n4;Four\n"
    assert client.post("/upload?email=ann@books.example", body, content_type="text/csv").json() == {"books": 4}
