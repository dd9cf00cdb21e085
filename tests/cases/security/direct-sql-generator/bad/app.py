"""Members one by one."""


def members(conn, city):
    for name, town in conn.execute(f"SELECT name, city FROM members WHERE city = '{city}'"):
        yield f"{name} ({town})"
