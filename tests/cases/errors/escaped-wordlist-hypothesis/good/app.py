import sqlite3


class WordlistError(Exception):
    pass


class Wordlist:
    def __init__(self, path=":memory:"):
        try:
            self.conn = sqlite3.connect(path)
        except sqlite3.Error as exc:
            raise WordlistError("the word list cannot be opened") from exc
        try:
            with self.conn:
                self.conn.execute("CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY)")
        except sqlite3.Error as exc:
            self.conn.close()
            raise WordlistError("the word list cannot be opened") from exc

    def add(self, word):
        try:
            with self.conn:
                self.conn.execute("INSERT OR IGNORE INTO words (word) VALUES (?)", (word,))
        except sqlite3.Error as exc:
            raise WordlistError("the word was not added") from exc

    def count(self):
        try:
            return self.conn.execute("SELECT count(*) FROM words").fetchone()[0]
        except sqlite3.Error as exc:
            raise WordlistError("the word list cannot be read") from exc

    def close(self):
        self.conn.close()
