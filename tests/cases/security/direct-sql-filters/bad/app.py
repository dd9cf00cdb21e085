"""Lists the members that fit all of some filters."""

COLUMNS = ("name", "city")


def matching(conn, filters):
    known = {column: value for column, value in filters.items() if column in COLUMNS}
    where = " AND ".join(f"{column} = '{value}'" for column, value in known.items())
    return [row[0] for row in conn.execute(f"SELECT id FROM members WHERE {where} LIMIT 50")]
