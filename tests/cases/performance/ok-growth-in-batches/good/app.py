def batches(rows, size=50):
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def load(conn, rows):
    for batch in batches(rows):
        conn.executemany("INSERT INTO items VALUES (?, ?)", batch)
    conn.commit()


def names(conn, numbers):
    found = {}
    for batch in batches(numbers):
        marks = ", ".join("?" * len(batch))
        found.update(conn.execute(f"SELECT id, name FROM items WHERE id IN ({marks})", batch))
    return found
