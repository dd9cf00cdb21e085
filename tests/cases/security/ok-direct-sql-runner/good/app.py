"""Runs what it is given: statements, and files of them."""


def query(conn, sql, values=()):
    return conn.execute(sql, values).fetchall()


def scalar(conn, statement):
    return query(conn, statement)[0][0]


def explain(conn, text):
    return [row[3] for row in conn.execute("EXPLAIN QUERY PLAN " + text)]


def count(conn, query):
    return conn.execute(f"SELECT count(*) FROM ({query})").fetchone()[0]
