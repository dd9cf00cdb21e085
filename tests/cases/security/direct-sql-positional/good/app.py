"""Members by city; the parameter has no name for its callers."""


def in_city(conn, city, /, *, limit=10):
    found = conn.execute("SELECT name FROM members WHERE city = ? LIMIT ?", (city, limit))
    return [name for (name,) in found]
