def test_names(client):
    assert client.get("/names?ids=1,2,3,4,5").get_json() == ["Ann", "Ben", "Cleo", "Dea"]


def test_forget(client):
    assert client.post("/forget", data={"ids": "1,2,3,4,5"}).get_json() == 5
