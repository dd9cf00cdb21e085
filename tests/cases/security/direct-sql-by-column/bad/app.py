"""Members by what is known of them: `city="London"`."""

COLUMNS = ("name", "city")


def find(conn, **known):
    unknown = set(known).difference(COLUMNS)
    if unknown:
        raise TypeError(f"no such column: {', '.join(sorted(unknown))}")
    wanted = " AND ".join(f"{column} = '{value}'" for column, value in known.items())
    return [name for (name,) in conn.execute(f"SELECT name FROM members WHERE {wanted}")]
