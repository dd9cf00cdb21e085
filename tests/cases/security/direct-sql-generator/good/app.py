"""Members one by one."""


def members(conn, city):
    for name, town in conn.execute("SELECT name, city FROM members WHERE city = ?", (city,)):
        yield f"{name} ({town})"
