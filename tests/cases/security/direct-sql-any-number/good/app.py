"""Members of several cities, as many as are given."""


def in_cities(conn, *cities, order="name"):
    if order not in ("name", "city"):
        raise ValueError("no such order")
    listed = ", ".join("?" for city in cities)
    found = conn.execute(f"SELECT name FROM members WHERE city IN ({listed}) ORDER BY {order}", cities)
    return [name for (name,) in found]
