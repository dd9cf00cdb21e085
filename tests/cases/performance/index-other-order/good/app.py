"""Room bookings of an office."""
import sqlite3


class RoomError(Exception):
    pass


class Rooms:
    SCHEMA = """
    CREATE TABLE IF NOT EXISTS bookings (id INTEGER PRIMARY KEY, day TEXT NOT NULL, room TEXT NOT NULL, who TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS bookings_index ON bookings (room, day);
    """

    def __init__(self, path):
        try:
            self.conn = sqlite3.connect(path)
            self.conn.executescript(self.SCHEMA)
        except sqlite3.Error as exc:
            raise RoomError("the bookings cannot be opened") from exc

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.conn.close()

    def book(self, day, room, who):
        try:
            with self.conn:
                self.conn.execute("INSERT INTO bookings (day, room, who) VALUES (?, ?, ?)", (day, room, who))
        except sqlite3.Error as exc:
            raise RoomError("the room was not booked") from exc

    def history(self, room):
        sql = "SELECT day, who FROM bookings WHERE room = :room ORDER BY day DESC LIMIT 20"
        try:
            return self.conn.execute(sql, {"room": room}).fetchall()
        except sqlite3.Error as exc:
            raise RoomError("bookings cannot be read") from exc
