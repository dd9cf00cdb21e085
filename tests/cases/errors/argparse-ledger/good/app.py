"""A ledger in a file: ledger.py --file LEDGER add|balance"""
import argparse
import sqlite3
import sys
from contextlib import closing


def add(conn, args):
    with conn:
        conn.execute("INSERT INTO entries (text, cents) VALUES (?, ?)", (args.text, args.cents))
    print(f"noted: {args.text}")
    return 0


def balance(conn, args):
    (cents,) = conn.execute("SELECT coalesce(sum(cents), 0) FROM entries").fetchone()
    print(f"{cents // 100}.{cents % 100:02}")
    return 0


def parser():
    parser = argparse.ArgumentParser(prog="ledger")
    parser.add_argument("--file", required=True)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("add")
    one.add_argument("text")
    one.add_argument("cents", type=int)
    one.set_defaults(run=add)
    commands.add_parser("balance").set_defaults(run=balance)
    return parser


def main(argv=None):
    args = parser().parse_args(argv)
    try:
        with closing(sqlite3.connect(args.file)) as conn:
            return args.run(conn, args)
    except sqlite3.Error as exc:
        sys.exit(f"ledger: {args.file}: {exc}")


if __name__ == "__main__":
    sys.exit(main())
