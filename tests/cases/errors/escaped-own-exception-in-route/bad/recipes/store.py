import sqlite3
from contextlib import closing


class StoreError(Exception):
    """Recipes cannot be read."""


def find_recipe(path, name):
    try:
        with closing(sqlite3.connect(path)) as conn:
            row = conn.execute("SELECT minutes FROM recipes WHERE name = ?", (name,)).fetchone()
    except sqlite3.Error as exc:
        raise StoreError("recipes cannot be read") from exc
    return row[0] if row else None
