"""Sorts people by what is asked for."""

COLUMNS = ("name", "born")


def ordered(conn, column):
    if column not in COLUMNS:
        return []
    return [name for (name,) in conn.execute(f"SELECT name FROM people ORDER BY {column} LIMIT 50")]
