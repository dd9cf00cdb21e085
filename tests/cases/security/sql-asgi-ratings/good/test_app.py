import sqlite3

from starlette.testclient import TestClient

from app import make_app


def test_films_of_a_country():
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    conn.execute("CREATE TABLE films (title, stars, country)")
    conn.executemany("INSERT INTO films VALUES (?, ?, ?)", [("Amélie", 4.5, "France"), ("Ran", 5, "Japan")])
    client = TestClient(make_app(conn))
    assert client.get("/", params={"stars": 4, "country": "Japan"}).json() == {"films": ["Ran"]}
