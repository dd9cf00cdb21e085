"""Convert temperatures, and remember what was asked."""
import argparse
import sqlite3
import sys
from contextlib import closing


def remember(path, celsius):
    with closing(sqlite3.connect(path, timeout=1)) as conn, conn:
        conn.execute("INSERT INTO history (celsius) VALUES (?)", (celsius,))


def main(argv=None):
    parser = argparse.ArgumentParser(prog="convert")
    parser.add_argument("celsius", type=float)
    parser.add_argument("--history", metavar="FILE")
    args = parser.parse_args(argv)
    if args.history:
        try:
            remember(args.history, args.celsius)
        except sqlite3.Error as exc:
            print(f"convert: {args.history} not updated: {exc}", file=sys.stderr)
    print(f"{args.celsius * 9 / 5 + 32:g}")
    return 0
