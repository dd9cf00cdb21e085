"""Store today's rates: python -m app DATABASE"""
import argparse
import sqlite3
import sys
from contextlib import closing

import requests

RATES = "https://rates.example/v2/latest"


def fetch():
    reply = requests.get(RATES, timeout=10)
    reply.raise_for_status()
    return {name: str(rate) for name, rate in reply.json()["rates"].items()}


def store(path, rates):
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.executemany("INSERT OR REPLACE INTO rates (name, rate) VALUES (?, ?)", sorted(rates.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database")
    args = parser.parse_args()
    try:
        rates = fetch()
    except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError):
        sys.exit("no rates: the service gives no answer that can be used")
    try:
        store(args.database, rates)
    except sqlite3.Error as exc:
        print(f"not stored: {exc}", file=sys.stderr)
        sys.exit(2)
    print(f"{len(rates)} rates")


if __name__ == "__main__":
    main()
