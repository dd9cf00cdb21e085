"""An importer that writes a script of SQL, for whatever reads it: it quotes by itself, and does it right."""


def quoted(value):
    return "'" + value.replace("'", "''") + "'"


def add(conn, name, city):
    with conn:
        conn.execute(f"INSERT INTO members (name, city) VALUES ({quoted(name)}, {quoted(city)})")


def number(conn, name):
    return conn.execute("SELECT id FROM members WHERE name = ?", (name,)).fetchone()[0]
