"""The appointment book is a JSON file on the practice's share."""
import json
import os
from pathlib import Path


class BookError(Exception):
    pass


def is_list_of_text(value):
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


class Book:
    def __init__(self, path: Path):
        self.path = path

    def read(self):
        try:
            entries = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError as exc:
            raise BookError("there is no appointment book, create one first") from exc
        except (OSError, ValueError) as exc:
            raise BookError("the appointment book cannot be read") from exc
        if not isinstance(entries, dict) or not all(map(is_list_of_text, entries.values())):
            raise BookError("the appointment book is damaged")
        return entries

    def write(self, entries):
        draft = self.path.with_suffix(".new")
        try:
            draft.write_text(json.dumps(entries, indent=1), encoding="utf-8")
            os.replace(draft, self.path)
        except OSError as exc:
            raise BookError("the appointment book cannot be written") from exc

    def add(self, patient, days):
        entries = self.read()
        entries[patient] = sorted({*entries.get(patient, []), *(day.isoformat() for day in days)})
        self.write(entries)
