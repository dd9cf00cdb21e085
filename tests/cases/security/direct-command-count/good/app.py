"""Counts the lines of a log by its name."""

import subprocess
from pathlib import Path

LOGS = Path(__file__).parent


def lines(name):
    if "/" in name:
        raise ValueError("no such log")
    done = subprocess.run(["wc", "-l", str(LOGS / name)], capture_output=True, text=True, timeout=5)
    return int(done.stdout.split()[0]) if done.returncode == 0 else 0
