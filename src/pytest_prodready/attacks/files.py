"""Paths: input that leads out of the directory it belongs to."""

from __future__ import annotations

import io
import os
import re
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from ..payloads import TOKEN, UP, WAYS_OUT, filled
from ..trace import Attempt, Call, Sink
from . import Attack, Leaf
from .arguments import is_plain

#: The events that have paths, and which of their arguments those are.
PATHS = {
    "open": (0,),
    "os.stat": (0,),
    "os.listdir": (0,),
    "os.scandir": (0,),
    "os.mkdir": (0,),
    "os.rmdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.link": (0, 1),
    "os.symlink": (0, 1),
    "os.mkfifo": (0,),
    "dbm.open": (0,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.utime": (0,),
    "shutil.copyfile": (0, 1),
    "shutil.copytree": (0, 1),
    "shutil.move": (0, 1),
    "shutil.rmtree": (0,),
    "shutil.make_archive": (0,),
    "shutil.unpack_archive": (0, 1),
    "tempfile.mkstemp": (0,),
    "tempfile.mkdtemp": (0,),
    "sqlite3.connect": (0,),
}
#: Statements that have a database read or write a file, or run a program.
OF_FILES = re.compile(
    r"\bATTACH\b|\bVACUUM\b.*\bINTO\b|\bload_extension\b|\bCOPY\b.*\b(?:FROM|TO)\s*(?!STDIN|STDOUT)(?:PROGRAM\b|E?'|\$\d|%)"
    r"|\bINTO\s+(?:OUT|DUMP)FILE\b|\bLOAD\s+DATA\b|\bLOAD_FILE\b|\blo_(?:im|ex)port\b|\bpg_(?:read|write|ls)_\w+|\bxp_cmdshell\b",
    re.I | re.S,
)
READING = frozenset({"os.stat", "os.listdir", "os.scandir"})
#: After these something is gone, whatever it was called.
LOSING = frozenset({"os.remove", "os.rmdir", "os.rename", "os.truncate", "shutil.rmtree", "shutil.move"})
#: Each may make a file; the path of which is this argument.
WRITING = {
    "open": 0,
    "os.mkdir": 0,
    "os.mkfifo": 0,
    "dbm.open": 0,
    "sqlite3.connect": 0,
    "os.link": 1,
    "os.symlink": 1,
    "os.rename": 1,
}
#: A file of a database changes by its transactions, not by being opened.
OF_DATABASE = "sqlite3.connect"
#: What is no file to keep.
SYSTEM = ("/dev/", "/proc/", "/sys/")
#: Of a file that is asked about before it is made: it is not there.
NEW = "-new"


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[Any]:
    if _is_archive(leaf):
        yield from _archives(leaf, f"{UP}{token}")
        return
    ending = os.path.splitext(leaf.value)[1]
    folder = leaf.value.partition("/")[0] + "/" if "/" in leaf.value else ""
    for way in (*WAYS_OUT, f"{folder}{UP}{TOKEN}"):
        path = filled(way, token)
        yield f"{path}{ending}"
        if any(sink.instead for sink in made[-1].sinks):  # it may only be written where it is not there yet
            yield f"{path}{NEW}{ending}"


def _is_archive(leaf: Leaf) -> bool:
    start = leaf.value.encode("latin-1", "replace")
    return leaf.kind in ("file", "body") and (start[:4] in (b"PK\3\4", b"PK\5\6") or _tar_mode(start) != "")


def _tar_mode(start: bytes) -> str:
    if start[:2] == b"\x1f\x8b":
        return "w:gz"
    return "w:" if start[257:262] == b"ustar" else ""


def _archives(leaf: Leaf, member: str) -> Iterator[bytes]:
    """An archive whose member wants to lie elsewhere."""
    made, mode = io.BytesIO(), _tar_mode(leaf.value.encode("latin-1", "replace"))
    if mode == "":
        with zipfile.ZipFile(made, "w") as archive:
            archive.writestr(member, "")
    else:
        with tarfile.open(fileobj=made, mode=mode) as tar:  # type: ignore[call-overload]
            tar.addfile(tarfile.TarInfo(member))
    yield made.getvalue()


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    for number in PATHS.get(event, ()):
        path = _text(args[number]) if number < len(args) else ""
        if attempt.token in path:
            sink = _reached(event, args, path, attempt.token)
            sink.kind = "own file" if is_own(path, attempt) else sink.kind
            return sink
    written = _text(args[WRITING[event]]) if event in WRITING and _changes(event, args) else ""
    if written and is_temporary(written):
        written = ""
    if written and _names(attempt.value, written):
        return Sink("new file", written, stops=True)
    keeps = "" if event == OF_DATABASE or os.path.abspath(written).startswith(SYSTEM) else written
    if event == OF_DATABASE and not os.path.exists(written):
        keeps = written
    if event in LOSING and not _within(event, args) and not is_temporary(_text(args[0])):
        # an empty name may stand for a whole folder
        return Sink("loss", _text(args[0]), stops=True, keeps=keeps)
    return (
        Sink("growing file" if event == "open" and _appends(args) else "fixed file", keeps, keeps=keeps)
        if keeps
        else None
    )


def _appends(args: tuple[Any, ...]) -> bool:
    return len(args) > 2 and isinstance(args[2], int) and bool(args[2] & os.O_APPEND)


def _names(value: str, path: str) -> bool:
    """Whether a file is called like a value that has no token in it."""
    name = os.path.basename(path)
    return bool(value) and re.search(rf"(?<!\w){re.escape(os.path.basename(value) or value)}(?!\w)", name) is not None


def _within(event: str, args: tuple[Any, ...]) -> bool:
    """Whether the path is one in a directory that is open: it was looked at when that was."""
    return event in ("os.remove", "os.rmdir", "os.rename") and any(isinstance(arg, int) and arg != -1 for arg in args)


def is_temporary(path: str) -> bool:
    if "\0" in path:  # there is no such file anywhere
        return True
    return os.path.realpath(path).startswith(os.path.realpath(tempfile.gettempdir()) + os.sep)


def is_own(path: str, attempt: Attempt) -> bool:
    """Whether a harmless argument of a command or call is a path as it stands: who gives it chooses his files himself."""
    if not (attempt.request.is_command or attempt.request.is_meant) or attempt.attack:
        return False
    given, whole = os.path.abspath(os.path.expanduser(attempt.value)), os.path.abspath(path)
    return whole.startswith(given) or os.path.dirname(whole) == os.path.dirname(given)


def _reached(event: str, args: tuple[Any, ...], path: str, token: str) -> Sink:
    whole = os.path.abspath(path)
    escapes = whole.startswith(f"/{token}")
    if only_asks(event):
        # who can ask for this file can ask for one that exists: only that he is asked tells nothing yet
        return Sink("file", path, instead=__file__ if escapes and NEW not in path else "")
    stops = escapes or (_changes(event, args) and not is_temporary(whole))
    return Sink("file", path, escapes, stops, whole)


def _in_statement(call: Call, attempt: Attempt) -> Sink | None:
    """A database opens files too, and writes them, for whoever asks it to."""
    if call.family != "db" or OF_FILES.search(call.statement) is None:
        return None
    said = f"{call.statement} {call.parameters or ''}"
    reaches = attempt.token in said or (len(attempt.value) > 1 and attempt.value in said) or _makes_file(call)
    return Sink("database's file", said, stops=True, site=call.site) if reaches else None


def _makes_file(call: Call) -> bool:
    """Whether SQLite makes a file by this statement, outside of temporary folders."""
    given = call.parameters.values() if isinstance(call.parameters, dict) else call.parameters or ()
    paths = [*re.findall(r"'((?:[^']|'')+)'", call.statement), *(str(one) for one in given)]
    return call.seam == "sqlite3" and any(
        path and not path.startswith(":memory:") and not is_temporary(path) and not os.path.exists(path)
        for path in paths
    )


def _changes(event: str, args: tuple[Any, ...]) -> bool:
    return event not in READING and not (event == "open" and _reads(args))


def only_asks(event: str) -> bool:
    """Whether a file is only asked about."""
    return event == "os.stat"


def _reads(args: tuple[Any, ...]) -> bool:
    flags = args[2] if len(args) > 2 and isinstance(args[2], int) else 0
    return not flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)


def _text(path: Any) -> str:
    if isinstance(path, bytes):
        return path.decode("utf-8", "replace")
    return path if isinstance(path, str) else os.fspath(path) if isinstance(path, os.PathLike) else ""


ATTACKS = [
    Attack(
        "path-traversal",
        "input that leads out of the directory it belongs to",
        values=_values,
        touches=frozenset({"file"}),
        spared=frozenset({"own file"}),
        unasked=_is_archive,
        fits=lambda leaf: leaf.type == "str" and not leaf.value.startswith("/"),
        of_commands=lambda leaf: True,
        of_calls=is_plain,
        events=_event,
        calls=_in_statement,
        shrinks=True,
    )
]
