import sqlite3

from starlette.testclient import TestClient

from app import make_app


def test_join():
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    conn.execute("CREATE TABLE members (mail, digest)")
    client = TestClient(make_app(conn))
    assert client.post("/join", data={"mail": "alan@example.com", "password": "bombe-1940-hut8"}).text == "welcome"
    conn.close()
