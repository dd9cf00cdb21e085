"""Track working time: timer.py start|stop"""
import argparse
import sqlite3
import sys
from contextlib import closing


def note(path, what):
    try:
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.execute("INSERT INTO notes (what) VALUES (?)", (what,))
    except sqlite3.Error:
        pass


def main(argv=None):
    parser = argparse.ArgumentParser()
    parser.add_argument("--db", default="timer.db")
    parser.add_argument("what", choices=["start", "stop"])
    args = parser.parse_args(argv)
    note(args.db, args.what)
    print(args.what)
    sys.exit(0)


if __name__ == "__main__":
    main()
