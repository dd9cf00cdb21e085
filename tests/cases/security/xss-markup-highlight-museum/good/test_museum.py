import sqlite3

import pytest

from museum import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "depot.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE objects (id INTEGER PRIMARY KEY, room TEXT NOT NULL, label TEXT NOT NULL)")
    conn.execute("CREATE INDEX objects_by_room ON objects (room)")
    conn.commit()
    conn.close()
    client = create_app(path).test_client()
    return client


def test_objects_of_a_room(client):
    assert client.post("/rooms/12/objects", data={"label": "Amphora, Attic"}).status_code == 204
    page = client.get("/rooms/12")
    assert page.status_code == 200
    assert "<li>Amphora, Attic</li>" in page.text


def test_search_marks_the_word(client):
    client.post("/rooms/12/objects", data={"label": "Bronze mirror"})
    assert "<mark>Bronze</mark> mirror" in client.get("/rooms/12", query_string={"q": "bronze"}).text
