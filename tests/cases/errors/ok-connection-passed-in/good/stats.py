"""Sums over readings. The caller opens the connection, and knows what to do when it fails."""


def record(conn, sensor, values):
    with conn:
        conn.executemany("INSERT INTO readings (sensor, tenths) VALUES (?, ?)", [(sensor, value) for value in values])


def mean_tenths(conn, sensor):
    row = conn.execute("SELECT sum(tenths), count(*) FROM readings WHERE sensor = ?", (sensor,)).fetchone()
    return row[0] // row[1] if row[1] else None
