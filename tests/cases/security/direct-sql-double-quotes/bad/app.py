"""Moves a member to another city."""


def move(conn, name, city):
    with conn:
        conn.execute(f'UPDATE members SET city = "{city}" WHERE name = "{name}"')
