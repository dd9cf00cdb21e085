"""A member's card, read when it is made."""


class Card:
    def __init__(self, conn, name):
        self.name = name
        row = conn.execute("SELECT city FROM members WHERE name = ?", (name,)).fetchone()
        self.city = row[0] if row else None

    def text(self):
        return f"{self.name}, {self.city or 'nowhere'}"
