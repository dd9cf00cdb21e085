"""Joins texts: whoever runs it says which, where to, and how it is called there."""

import argparse
import pathlib
import shutil
import sys


def build_parser():
    parser = argparse.ArgumentParser("join")
    parser.add_argument("parts", nargs="+", type=pathlib.Path)
    parser.add_argument("-o", "--out", type=pathlib.Path, required=True)
    parser.add_argument("--backup", action="store_true")
    parser.add_argument("--dir", type=pathlib.Path, default=pathlib.Path())
    parser.add_argument("--copy-as", default="")
    return parser


def join(parts, out):
    with out.open("w", encoding="utf-8") as target:
        for part in parts:
            target.write(part.resolve().read_text(encoding="utf-8"))


def main():
    args = build_parser().parse_args()
    try:
        if args.backup and args.out.exists():
            shutil.copyfile(args.out, args.out.with_suffix(".bak"))
        join(args.parts, args.out)
        if args.copy_as:
            shutil.copyfile(args.out, args.dir / args.copy_as)
    except (OSError, ValueError) as exc:
        sys.exit(f"join: {exc}")
