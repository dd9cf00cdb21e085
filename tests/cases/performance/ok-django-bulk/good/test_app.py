def test_upload(client, library):
    lines = "\n".join(str(number) for number in range(8))
    assert client.post("/upload?email=ann@books.example", lines, content_type="text/csv").json() == {"books": 8}


def test_rename(client, library):
    assert client.post("/rename?email=ann@books.example", {"name": "Anna"}).json() == {"name": "Anna"}
