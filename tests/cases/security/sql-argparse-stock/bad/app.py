"""What is in stock: `stock add NAME COUNT`, `stock drop NAME`."""

import argparse
import contextlib
import functools
import os
import sqlite3
import sys


def connect():
    return contextlib.closing(sqlite3.connect(os.environ["STOCK_DB"]))


def add(args):
    with connect() as conn, conn:
        conn.execute("INSERT INTO stock VALUES (?, ?)", (args.name, args.count))
    return f"{args.count} {args.name}"


def drop(args):
    with connect() as conn, conn:
        done = conn.execute("DELETE FROM stock WHERE name = '%s'" % args.name)
    return f"{done.rowcount} kinds dropped"


def parse(argv):
    parser = argparse.ArgumentParser("stock")
    sub = parser.add_subparsers(required=True)
    one = sub.add_parser("add")
    one.add_argument("name")
    one.add_argument("count", type=int)
    one.set_defaults(func=add)
    two = sub.add_parser("drop")
    two.add_argument("name")
    two.set_defaults(func=drop)
    return parser.parse_args(argv)


def telling(command):
    @functools.wraps(command)
    def told(*args, **kwargs):
        try:
            return command(*args, **kwargs)
        except (sqlite3.Error, OverflowError) as exc:
            sys.exit(f"stock: {exc}")

    return told


@telling
def run(argv=None):
    args = parse(argv)
    print(args.func(args))


if __name__ == "__main__":
    run()
