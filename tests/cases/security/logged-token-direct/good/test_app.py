import sqlite3

from app import remember


def test_remember(tmp_path):
    path = tmp_path / "weather.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE stations (name TEXT)")
    conn.close()
    remember(path, "north", "sun-7-moon")
