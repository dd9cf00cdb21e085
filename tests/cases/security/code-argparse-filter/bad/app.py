"""Prints the orders that fulfil a condition: `orders "total > 100"`."""

import argparse
import csv
import sys


def select(rows, condition):
    for row in rows:
        if eval(condition, {}, {"total": float(row["total"]), "country": row["country"]}):
            yield row


def main(argv=None):
    parser = argparse.ArgumentParser(prog="orders")
    parser.add_argument("condition")
    parser.add_argument("--file", type=argparse.FileType(), required=True)
    args = parser.parse_args(argv)
    try:
        for row in select(csv.DictReader(args.file), args.condition):
            print(row["id"], row["total"])
    except (NameError, SyntaxError, TypeError, ValueError, KeyError) as exc:
        print(f"orders: no such condition: {exc}", file=sys.stderr)
        return 2
    return 0
