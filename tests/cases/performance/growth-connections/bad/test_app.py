import sqlite3

import pytest

import app


@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_total(tmp_path, growth):
    path = tmp_path / "x.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE accounts (id INTEGER PRIMARY KEY, amount INTEGER)")
    conn.executemany("INSERT INTO accounts (amount) VALUES (?)", [(2,)] * 64)
    conn.commit()
    conn.close()
    growth(lambda size: app.total(path, range(1, size + 1)))
