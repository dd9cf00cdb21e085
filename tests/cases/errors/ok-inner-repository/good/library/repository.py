import sqlite3
from contextlib import closing


class Repository:
    """Lets the driver's errors through: what the user hears is decided by the routes."""

    def __init__(self, path):
        self.path = path

    def connect(self):
        return closing(sqlite3.connect(self.path))

    def create_tables(self):
        with self.connect() as conn, conn:
            conn.execute("CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT NOT NULL)")

    def add(self, title):
        with self.connect() as conn, conn:
            return conn.execute("INSERT INTO books (title) VALUES (?)", (title,)).lastrowid

    def find(self, number):
        with self.connect() as conn:
            row = conn.execute("SELECT title FROM books WHERE id = ?", (number,)).fetchone()
        return row[0] if row else None
