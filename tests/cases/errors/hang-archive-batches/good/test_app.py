import pytest

from app import archive_old, open_database


@pytest.fixture
def conn(tmp_path):
    conn = open_database(tmp_path / "mail.db")
    conn.executemany("INSERT INTO messages (day, body) VALUES (?, 'hi')", [("2020-01-0%d" % d,) for d in range(1, 6)])
    conn.commit()
    yield conn
    conn.close()


def test_archive(conn):
    assert archive_old(conn, "2020-01-04") == 3
    assert conn.execute("SELECT count(*) FROM messages").fetchone() == (2,)
    assert conn.execute("SELECT count(*) FROM archive").fetchone() == (3,)
