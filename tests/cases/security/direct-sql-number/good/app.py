"""Shows one member; the number comes from a text."""


def show(conn, number):
    row = conn.execute("SELECT name, city FROM members WHERE id = " + str(int(number))).fetchone()
    return f"{row[0]} ({row[1]})" if row else "nobody"
