"""python -m cli aligner P-1007"""
import argparse
import re
import sys
from datetime import date

from book import BookError
from schedule import check_ups

PATIENT = re.compile(r"P-[0-9]{1,6}")


def patient_number(text):
    if not PATIENT.fullmatch(text):
        raise argparse.ArgumentTypeError("a patient looks like P-1007")
    return text


def parser():
    parser = argparse.ArgumentParser(prog="practice")
    commands = parser.add_subparsers(dest="command", required=True)
    aligner = commands.add_parser("aligner", help="new aligners were handed out today")
    aligner.add_argument("patient", type=patient_number)
    return parser


def main(argv, book):
    args = parser().parse_args(argv)
    days = check_ups(date.today())
    try:
        book.add(args.patient, days)
    except BookError as exc:
        print(f"practice: {exc}", file=sys.stderr)
        return 1
    print(f"{args.patient}: {len(days)} check-ups, the first on {days[0].isoformat()}")
    return 0
