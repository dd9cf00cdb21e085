"""Keeps notes, each in a file of its own."""

from pathlib import Path

NOTES = Path(__file__).parent / "notes"


def note(title):
    path = NOTES / f"{title}.txt"
    assert path.suffix == ".txt"
    return path.read_text() if path.exists() else ""
