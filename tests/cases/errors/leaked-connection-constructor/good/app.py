import argparse
import logging
import os
import sqlite3
import sys
from datetime import date

from logbook import Logbook, LogbookError

log = logging.getLogger("lighthouse")


def iso_day(text):
    return date.fromisoformat(text).isoformat()


def build_parser():
    parser = argparse.ArgumentParser(prog="lighthouse")
    commands = parser.add_subparsers(dest="command", required=True)
    write = commands.add_parser("write", help="how far one could see")
    write.add_argument("day", type=iso_day)
    write.add_argument("watch", type=int, choices=range(1, 7))
    write.add_argument("miles", type=int, choices=range(0, 31), metavar="miles")
    show = commands.add_parser("show")
    show.add_argument("day", type=iso_day)
    return parser


def run(args, path):
    with Logbook(path) as book:
        if args.command == "write":
            book.write(args.day, args.watch, args.miles)
            print(f"{args.day} watch {args.watch}: {args.miles} nm")
        else:
            rows = book.day(args.day)
            for watch, miles in rows:
                print(f"watch {watch}: {miles} nm{' (fog)' if miles < 1 else ''}")
            print(f"{len(rows)} watches")


def main(argv=None):
    args = build_parser().parse_args(argv)
    try:
        run(args, os.environ.get("LOGBOOK", "/var/lib/lighthouse/log.db"))
    except LogbookError as exc:
        print(exc, file=sys.stderr)
        return 2
    except sqlite3.Error as exc:
        log.error("logbook failed: %s", type(exc).__name__)
        print("the logbook is not available", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
