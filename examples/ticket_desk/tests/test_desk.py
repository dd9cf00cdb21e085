def test_shows(client):
    assert client.get("/shows").json() == [
        {"id": 1, "title": "Hamlet", "free": 2},
        {"id": 2, "title": "Tosca", "free": 0},
    ]


def test_shows_are_cached(client, shows):
    first = client.get("/shows").json()
    shows.execute("UPDATE desk_show SET free = 0")
    assert client.get("/shows").json() == first


def test_a_ticket(client, shows, seating):
    answer = client.post("/shows/1/tickets")
    assert answer.status_code == 201
    assert answer.json()["seat"] == "A12"
    assert shows.execute("SELECT free FROM desk_show WHERE id = 1").fetchone() == (1,)
    assert shows.execute("SELECT seat FROM desk_ticket").fetchall() == [("A12",)]


def test_sold_out(client, seating):
    assert client.post("/shows/2/tickets").status_code == 409
