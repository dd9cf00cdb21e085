import sqlite3

from click.testing import CliRunner

from app import export


def test_export(tmp_path):
    path = tmp_path / "shop.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total INTEGER)")
    conn.executemany("INSERT INTO orders (total) VALUES (?)", [(5,), (6,), (7,)])
    conn.commit()
    conn.close()
    assert CliRunner().invoke(export, [str(path)]).output == "1;5\n2;6\n3;7\n"
