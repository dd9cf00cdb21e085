"""Prints a label for a parcel."""

import os
import shlex


def label(town):
    with os.popen(f"printf '%s\\n' {shlex.quote(town)} | tr a-z A-Z") as printer:
        return printer.read()
