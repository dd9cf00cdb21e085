"""Files: the family `file` of DESIGN section 4."""

from __future__ import annotations

from ..observation import Sighting
from . import Fault


def _refused(sighting: Sighting) -> int:
    """Who has decided what happens without a file leaves one that may not be read to the operator."""
    return {"move": 1, "save": 8}.get(sighting.kind, 10)


FAULTS = [
    Fault(
        "file.disk-full",
        "nothing more can be written: what was in the file before is gone",
        "logs, uploads or another tenant fill the disk; a quota is used up",
        frozenset({"save"}),
        1,
    ),
    Fault(
        "file.not-found",
        "the file or folder is not there",
        "a first start, a new volume, somebody who tidied up",
        frozenset({"load", "list"}),
        1,
    ),
    Fault(
        "file.permission-denied",
        "the file may not be read or written",
        "another user owns it after a deployment, the volume is mounted for reading only",
        frozenset({"load", "list", "save", "move"}),
        10,
        order_for=_refused,
    ),
    Fault(
        "file.truncated",
        "the file ends in the middle",
        "the process that wrote it was killed, or its disk was full",
        frozenset({"load"}),
        10,
    ),
]
