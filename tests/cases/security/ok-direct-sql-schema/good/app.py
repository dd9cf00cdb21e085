"""Makes tables: a statement that defines takes no parameters."""


def add_column(conn, table, column, default):
    conn.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT DEFAULT '{default}'")


def attach(conn, name):
    conn.execute(f"ATTACH DATABASE ':memory:' AS {name}")


def columns(conn, table):
    return [row[1] for row in conn.execute(f"PRAGMA table_info('{table}')")]
