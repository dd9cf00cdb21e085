import sqlite3

import app


def test_count(tmp_path):
    paths = [tmp_path / f"{year}.db" for year in range(2020, 2026)]
    for path in paths:
        conn = sqlite3.connect(path)
        conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER)")
        conn.execute("CREATE INDEX by_customer ON orders (customer_id)")
        conn.execute("INSERT INTO orders (customer_id) VALUES (7)")
        conn.commit()
        conn.close()
    assert app.count(paths, 7) == 6
