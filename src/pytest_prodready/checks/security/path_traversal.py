"""Input leads out of the directory it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class PathTraversal(Check):
    name = "path-traversal"
    pillar = "security"
    cwe = 22
    summary = "attacked input reaches a file path outside the directory that it belongs to"
    why = "Whoever can name any file can read your keys, and overwrite your code."
    fix = "Take the last part only (`werkzeug.utils.secure_filename`), or resolve the path and refuse it unless it `is_relative_to` the directory."
    bad = """open(os.path.join(UPLOADS, request.args["name"]))"""
    good = """send_from_directory(UPLOADS, request.args["name"])  # refuses what leads out"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["file"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} leads out of its directory: {sink.proof} would have been opened",
                path=sink.text,
            )
