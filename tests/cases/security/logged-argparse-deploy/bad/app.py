"""Deploys a release: python app.py --token TOKEN RELEASE"""

import argparse
import logging
import sys

log = logging.getLogger("deploy")


def parse(argv):
    parser = argparse.ArgumentParser()
    parser.add_argument("release")
    parser.add_argument("--token", required=True)
    return parser.parse_args(argv)


def main(argv=None):
    options = parse(argv)
    log.info("options: %s", vars(options))
    if not options.release.replace(".", "").isdigit():
        print("a release is a number", file=sys.stderr)
        return 2
    print(f"deployed {options.release}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
