import argparse
import datetime
import sys


def stamp(moment):
    return int(moment.timestamp()).to_bytes(8, "big", signed=True)


def main(argv=None):
    parser = argparse.ArgumentParser(description="Print a badge: a visitor's number and when it was made, in hex.")
    parser.add_argument("number", type=int)
    args = parser.parse_args(argv)
    if not 0 <= args.number < 65536:
        print("numbers go from 0 to 65535", file=sys.stderr)
        return 2
    made = datetime.datetime.now(datetime.timezone.utc)
    print((args.number.to_bytes(2, "big") + stamp(made)).hex())
    return 0
