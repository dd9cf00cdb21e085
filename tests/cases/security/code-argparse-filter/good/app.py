"""Prints the orders that fulfil a condition: `orders "total > 100"`."""

import argparse
import csv
import operator
import re
import sys

COMPARE = {">": operator.gt, "<": operator.lt, "=": operator.eq}
CONDITION = re.compile(r"\s*(total|country)\s*([<>=])\s*(\S+)\s*")


def select(rows, condition):
    match = CONDITION.fullmatch(condition)
    if match is None:
        raise ValueError(condition)
    name, sign, wanted = match.groups()
    for row in rows:
        value = float(row[name]) if name == "total" else row[name]
        if COMPARE[sign](value, float(wanted) if name == "total" else wanted):
            yield row


def main(argv=None):
    parser = argparse.ArgumentParser(prog="orders")
    parser.add_argument("condition")
    parser.add_argument("--file", type=argparse.FileType(), required=True)
    args = parser.parse_args(argv)
    try:
        for row in select(csv.DictReader(args.file), args.condition):
            print(row["id"], row["total"])
    except (TypeError, ValueError, KeyError) as exc:
        print(f"orders: no such condition: {exc}", file=sys.stderr)
        return 2
    return 0
