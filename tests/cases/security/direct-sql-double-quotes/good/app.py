"""Moves a member to another city."""


def move(conn, name, city):
    with conn:
        conn.execute("UPDATE members SET city = ? WHERE name = ?", (city, name))
