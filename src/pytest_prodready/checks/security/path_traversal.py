"""Input leads out of the directory it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import WARNING, Objection
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
            level = WARNING if self.folder_is_given(attempt, trace) or self.is_meant(attempt) else None
            message = f"{attempt.leaf} leads out of its directory: {sink.proof} would have been opened"
            yield self.against_input(attempt, site, message, level, path=sink.text, proof=sink.proof)

    # the guards: each keeps clean code clean
    @staticmethod
    def is_meant(attempt: Attempt) -> bool:
        """The test calls the function itself: whether its callers name files for others, nothing tells."""
        return attempt.request.is_meant

    @staticmethod
    def folder_is_given(attempt: Attempt, trace: Trace) -> bool:
        """Whoever runs the command says which directory it is, too: he only leads himself astray."""
        given = [word.rpartition("=")[2] for word in attempt.request.words]
        folders = tuple(folder.rstrip("/") + "/" for folder in given if folder and folder != attempt.value)
        probes = [one for one in trace.attempts if not one.attack and one.leaf == attempt.leaf]
        paths = [sink.text for one in probes for sink in one.sinks if sink.kind == "file"]
        return bool(paths) and all(path.startswith(folders) for path in paths)
