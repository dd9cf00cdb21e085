"""Searches members by a part of their city."""


def search(conn, query):
    rows = conn.execute("SELECT name FROM members WHERE city LIKE '%%%s%%' LIMIT 20" % query).fetchall()
    return sorted(name for (name,) in rows)
