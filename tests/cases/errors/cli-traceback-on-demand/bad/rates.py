"""`rates EUR`: today's rate, from the bank's API."""

import argparse
import sys

import requests

URL = "https://rates.bank.example/v1/latest"


def rate_of(currency: str) -> float:
    response = requests.get(URL, params={"currency": currency}, timeout=5)
    response.raise_for_status()
    return response.json()["rate"]


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="rates")
    made.add_argument("currency", choices=["EUR", "USD", "CHF"])
    made.add_argument("--traceback", action="store_true", help="show where an error came from")
    return made


def main(argv: list[str] | None = None) -> int:
    options = parser().parse_args(argv)
    try:
        print(f"{options.currency}: {rate_of(options.currency)}")
    except requests.HTTPError as exc:
        if options.traceback:
            raise
        print(f"rates: no rate for {options.currency} right now ({type(exc).__name__})", file=sys.stderr)
        return 1
    return 0
