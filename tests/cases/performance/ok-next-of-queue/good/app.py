import sqlite3


def take(conn):
    """The oldest job, which nobody else has then."""
    row = conn.execute("SELECT id, text FROM jobs WHERE id > 0 ORDER BY id LIMIT 1").fetchone()
    if row is None:
        return None
    if conn.execute("DELETE FROM jobs WHERE id = ?", (row[0],)).rowcount != 1:
        return take(conn)
    conn.commit()
    return row[1]


def drain(conn, work):
    done = 0
    while (text := take(conn)) is not None:
        work(text)
        done += 1
    return done
