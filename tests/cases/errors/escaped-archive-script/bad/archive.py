"""Move the orders of old years out of the way: archive.py DATABASE YEAR"""
import re
import sqlite3
import sys
from contextlib import closing


def archive(path, year):
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("INSERT OR IGNORE INTO archive (id, year) SELECT id, year FROM orders WHERE year < ?", (year,))
        moved = conn.execute("DELETE FROM orders WHERE year < ?", (year,)).rowcount
        conn.execute("COMMIT")
    return moved


def main(argv):
    if len(argv) != 2 or not re.fullmatch("[0-9]{4}", argv[1]):
        print("usage: archive.py DATABASE YEAR", file=sys.stderr)
        return 2
    moved = archive(argv[0], int(argv[1]))
    print(f"{moved} orders archived")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
