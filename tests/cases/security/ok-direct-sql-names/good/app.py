"""A small layer above tables: names of tables, columns and directions are given by whoever writes the program."""


def rows(conn, table, order_by="id", direction="ASC"):
    return conn.execute(f"SELECT * FROM {table} ORDER BY {order_by} {direction} LIMIT 100").fetchall()


def values(conn, table, column):
    return [value for (value,) in conn.execute(f'SELECT "{column}" FROM "{table}" ORDER BY id LIMIT 100')]


def find(conn, table, **where):
    clause = " AND ".join(f"{table}.{name} = ?" for name in where)
    return conn.execute(f"SELECT id FROM {table} WHERE {clause} LIMIT 100", tuple(where.values())).fetchall()


def same(conn, left, right):
    return conn.execute(f'SELECT id FROM members WHERE "{left}" = "{right}" LIMIT 100').fetchall()


def insert(conn, table, record):
    names, marks = ", ".join(record), ", ".join("?" for _ in record)
    with conn:
        return conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(record.values())).lastrowid
