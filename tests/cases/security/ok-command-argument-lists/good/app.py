"""Turns pictures into thumbnails with a program: lists of arguments, and a shell for what is quoted."""

import argparse
import shlex
import subprocess
import sys


def convert(source, size):
    return subprocess.run(["convert", "--", source, "-resize", f"{size}x{size}", f"{source}.small"], check=False)


def checksum(source):
    # a pipe needs a shell
    return subprocess.run(f"cat -- {shlex.quote(source)} | sha256sum", shell=True, check=False)


def main(argv=None):
    parser = argparse.ArgumentParser("thumbs")
    parser.add_argument("picture")
    parser.add_argument("--size", type=int, choices=range(16, 513), default=64, metavar="PIXELS")
    args = parser.parse_args(argv)
    try:
        if convert(args.picture, args.size).returncode or checksum(args.picture).returncode:
            raise OSError("the programs do not want to")
    except (OSError, ValueError) as exc:
        print(f"thumbs: {exc}", file=sys.stderr)
        return 1
    return 0
