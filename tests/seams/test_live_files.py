"""Files: each failure of a real file system, beside the one that is injected."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import files as files_seam

from .conftest import Bench, EverythingIsSource
from .live import Pair, compare, outcome

WHOLE = "what was there before"


class OnlyThisFile(EverythingIsSource):
    """A library's frames between are not source."""

    def classify(self, filename: str) -> tuple[str, str]:
        return ("source", "app.py") if filename == __file__ else ("other", "")


def by_open(path: Path) -> Any:
    with open(path) as file:
        return file.read()


def write_by_open(path: Path) -> Any:
    with open(path, "w") as file:
        file.write("new")


ACTS: dict[str, dict[str, Callable[[Path], Any]]] = {
    "load": {"open": by_open, "pathlib": lambda path: path.read_text(), "bytes": lambda path: path.read_bytes()},
    "save": {
        "open": write_by_open, "pathlib": lambda path: path.write_text("new"), "bytes": lambda path: path.write_bytes(b"new"),
    },
    "list": {"os": lambda path: sorted(os.listdir(path.parent)), "pathlib": lambda path: sorted(path.parent.iterdir())},
    "move": {
        "os": lambda path: os.rename(path, path.with_name("other")),
        "pathlib": lambda path: path.rename(path.with_name("other")),
        "shutil": lambda path: shutil.move(path, path.with_name("other")),
    },
}  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- causes
@contextmanager
def gone(path: Path) -> Iterator[None]:
    shutil.move(path.parent, f"{path.parent}-away")
    yield


@contextmanager
def forbidden(path: Path) -> Iterator[None]:
    """Of somebody who may neither read nor write there; root may do everything, and so is somebody else for a while."""
    with somebody_else(path, 0, 0o111):
        yield


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """In a folder to which nothing may be added."""
    with somebody_else(path, 0o444, 0o555):
        yield


@contextmanager
def somebody_else(path: Path, of_file: int, of_folder: int) -> Iterator[None]:
    user = os.geteuid()
    path.chmod(of_file)
    path.parent.chmod(of_folder)
    if user == 0:
        os.seteuid(65534)
    yield
    os.seteuid(user)
    path.parent.chmod(0o700)


@contextmanager
def full(path: Path) -> Iterator[None]:
    path.unlink()
    path.symlink_to("/dev/full")
    yield


@contextmanager
def halved(path: Path) -> Iterator[None]:
    path.write_text(WHOLE[: len(WHOLE) // 2])
    yield


FORMS: dict[tuple[str, str], tuple[str, Callable[[Path], Any]]] = {
    ("file.not-found", "load"): ("the folder is not there", gone),
    ("file.not-found", "list"): ("the folder is not there", gone),
    ("file.permission-denied", "load"): ("another user's, mode 0", forbidden),
    ("file.permission-denied", "list"): ("another user's", forbidden),
    ("file.permission-denied", "save"): ("another user's, mode 0", forbidden),
    ("file.permission-denied", "move"): ("in another user's folder", guarded),
    ("file.disk-full", "save"): ("the device has no room (`ENOSPC`)", full),
    ("file.truncated", "load"): ("half of the content is there", halved),
}
PAIRS = {Pair(f"files ({how})", *form): said for form, said in FORMS.items() for how in ACTS[form[1]]}


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(
    bench: Bench, pair: Pair, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    for parent in (tmp_path, *tmp_path.parents):
        if not parent.stat().st_mode & 1:
            parent.chmod(parent.stat().st_mode & 0o777 | 0o111)  # somebody else comes by
        if parent.name.startswith("pytest-of-"):
            break
    seams = Seams([files_seam.SEAM])
    seams.install()
    before, hub.sources = hub.sources, OnlyThisFile()
    act, seen = ACTS[pair.kind][pair.client.split("(")[1].rstrip(")")], []
    try:
        for real in (True, False):
            folder = tmp_path / "folder"
            with hub.quiet():
                for one in tmp_path.iterdir():
                    shutil.rmtree(one)
                folder.mkdir()
                path = folder / "data.txt"
                path.write_text(WHOLE)
            with PAIRS[pair][1](path) if real else bench.fault(pair.fault):
                raised = outcome(lambda: act(path))  # noqa: B023
            seen.append({"raised": raised if isinstance(raised, dict) else {"reply": raised}})
        assert bench.struck, "it did not strike"
    finally:
        hub.sources = before
        seams.uninstall()
    compare(pair, *seen, record_property)
