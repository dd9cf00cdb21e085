import sqlite3

from app import app


def test_count(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOP_URL", f"sqlite:///{tmp_path}/shop.db")
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.executescript("CREATE TABLE orders (id INTEGER PRIMARY KEY); INSERT INTO orders VALUES (1), (2)")
    conn.close()
    client = app.test_client()
    assert client.get("/count").get_json() == 2
    assert client.get("/count").get_json() == 2
