"""Every file of tests is run by `make test` or `make test-long`: a folder that is left out by its name stays silent for ever."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_file_of_tests_is_collected() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-qq",
        "-m",
        "long or not long",
        "-p",
        "no:cacheprovider",
    ]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    collected = {line.partition(":")[0] for line in said.splitlines() if line.startswith("tests/")}
    there = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("tests/*/**/test_*.py")}
    assert collected == {name for name in there if not name.startswith("tests/cases/")}
