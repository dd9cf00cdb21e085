import csv
import os
import tempfile
from contextlib import suppress
from pathlib import Path


class ExportError(Exception):
    pass


def write_csv(target: Path, rows: list[dict]) -> int:
    """Write to a neighbour and rename, so that nobody ever sees half a file."""
    temporary = None
    try:
        with tempfile.NamedTemporaryFile("w", newline="", encoding="utf-8", dir=target.parent, delete=False) as out:
            temporary = out.name
            writer = csv.DictWriter(out, fieldnames=["person", "minutes"])
            writer.writeheader()
            writer.writerows(rows)
        os.replace(temporary, target)
    except OSError as exc:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise ExportError(exc.strerror or "the file could not be written") from exc
    return len(rows)
