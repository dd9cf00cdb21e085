import sqlite3

import pytest

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "n.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE news (id INTEGER PRIMARY KEY, title TEXT)")
    conn.executemany("INSERT INTO news (title) VALUES (?)", [(f"news {n}",) for n in range(15)])
    conn.commit()
    conn.close()
    return create_app(path).test_client()


def test_pages(client):
    assert len(client.get("/news").get_json()["news"]) == 10
    assert len(client.get("/news?page=2").get_json()["news"]) == 5
