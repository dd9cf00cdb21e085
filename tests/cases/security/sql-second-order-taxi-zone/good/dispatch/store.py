import sqlite3
from contextlib import contextmanager


class Store:
    def __init__(self, path):
        self.path = path

    @contextmanager
    def connection(self):
        conn = sqlite3.connect(self.path, timeout=5)
        conn.row_factory = sqlite3.Row
        try:
            with conn:
                yield conn
        finally:
            conn.close()

    def register(self, callsign, zone):
        """False where the callsign is taken."""
        with self.connection() as conn:
            cursor = conn.execute(
                "INSERT INTO drivers (callsign, zone) VALUES (?, ?) ON CONFLICT (callsign) DO NOTHING", (callsign, zone)
            )
            return cursor.rowcount == 1

    def zone_of(self, conn, callsign):
        row = conn.execute("SELECT zone FROM drivers WHERE callsign = ?", (callsign,)).fetchone()
        return row["zone"] if row else None

    def open_rides(self, callsign):
        """None where there is no such driver."""
        with self.connection() as conn:
            zone = self.zone_of(conn, callsign)
            if zone is None:
                return None
            rides = conn.execute("SELECT id, pickup FROM rides WHERE zone = ? ORDER BY id LIMIT 20", (zone,))
            return [dict(ride) for ride in rides]
