"""Archives and temporary files: the line of source that has them made is where they fail."""

from __future__ import annotations

import bz2
import gc
import gzip
import lzma
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import files as files_seam
from pytest_prodready.seams import tempfiles as tempfiles_seam

from .conftest import Bench, EverythingIsSource


class OnlyThisFile(EverythingIsSource):
    """A library's frames between are not source."""

    def classify(self, filename: str) -> tuple[str, str]:
        return ("source", "app.py") if filename == __file__ else ("other", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "empty").mkdir()
    (tmp_path / "data.txt").write_text("before it")
    return tmp_path / "empty"


@pytest.fixture
def seen(bench: Bench, folder: Path) -> Iterator[Bench]:
    seams = Seams([files_seam.SEAM, tempfiles_seam.SEAM])
    seams.install()
    before, hub.sources = hub.sources, OnlyThisFile()
    yield bench
    hub.sources = before
    seams.uninstall()


def gzipped(folder: Path) -> None:
    with gzip.open(folder / "report.gz", "wt") as file:
        file.write("new")


def bzipped(folder: Path) -> None:
    with bz2.open(folder / "report.bz2", "wb") as file:
        file.write(b"new")


def xzipped(folder: Path) -> None:
    with lzma.open(folder / "report.xz", "wb") as file:
        file.write(b"new")


def zipped(folder: Path) -> None:
    with zipfile.ZipFile(folder / "report.zip", "w") as archive:
        archive.writestr("a.txt", "new")


def tarred(folder: Path) -> None:
    with tarfile.open(folder / "report.tar.gz", "w:gz") as archive:
        archive.add(folder.parent / "data.txt", arcname="data.txt")


def named(folder: Path) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".csv", dir=folder, encoding="utf-8") as file:
        file.write("new")


def named_to_stay(folder: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".csv", delete=False) as file:
        file.write(b"new")
    os.replace(file.name, folder / "report.csv")


def nameless(folder: Path) -> None:
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"new")


def descriptor(folder: Path) -> None:
    number, _ = tempfile.mkstemp(suffix=".csv", dir=folder)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        file.write("new")


def bare_descriptor(folder: Path) -> None:
    number, _ = tempfile.mkstemp(suffix=".csv", dir=folder)
    try:
        os.write(number, b"new")
    finally:
        os.close(number)


WRITES = [gzipped, bzipped, xzipped, zipped, tarred, named, named_to_stay, nameless, descriptor, bare_descriptor]


@pytest.mark.parametrize("write", WRITES)
def test_writing_is_one_call(seen: Bench, folder: Path, write: Callable[[Path], None]) -> None:
    write(folder)
    (call,) = [call for call in seen.calls if call.kind == "save"]
    assert call.family == "file"
    assert call.effect == ("report" in call.target)  # a temporary file is a thing of the moment


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk is full here")
@pytest.mark.parametrize("write", WRITES)
def test_disk_full(seen: Bench, folder: Path, write: Callable[[Path], None]) -> None:
    with seen.fault("file.disk-full"), pytest.raises(OSError, match="No space left on device") as caught:
        write(folder)
    assert (type(caught.value), caught.value.args) == (OSError, (28, "No space left on device"))
    assert len(seen.struck) == 1
    del caught
    hub.injected.clear()
    gc.collect()  # a temporary file goes with its wrapper
    for path in folder.iterdir():
        path.unlink()  # what source left behind, as on a real disk
    write(folder)


@pytest.mark.parametrize("write", WRITES)
def test_permission_denied(seen: Bench, folder: Path, write: Callable[[Path], None]) -> None:
    with seen.fault("file.permission-denied"), pytest.raises(PermissionError):
        write(folder)


def test_reading_an_archive(seen: Bench, folder: Path) -> None:
    gzipped(folder)
    zipped(folder)
    seen.calls.clear()
    hub.trace = type(hub.trace)("another") if hub.trace is not None else None  # what was written may be missing now
    with gzip.open(folder / "report.gz", "rt") as file:
        assert file.read() == "new"
    with zipfile.ZipFile(folder / "report.zip") as archive:
        assert archive.namelist() == ["a.txt"]
    assert hub.trace is not None
    assert [call.operation for call in hub.trace.calls] == ["load *.gz", "load *.zip"]


def test_a_number_that_is_another_files_now(seen: Bench, folder: Path) -> None:
    number, _ = tempfile.mkstemp(dir=folder)
    os.close(number)
    other = os.open(folder / "other", os.O_CREAT | os.O_WRONLY)
    assert other == number
    os.write(other, b"new")
    os.close(other)
    assert seen.calls == []
