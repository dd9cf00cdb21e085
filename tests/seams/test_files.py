"""Files: what is observed of source, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import builtins
import json
import os
import pathlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.faults.drivers.files import error
from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import files as files_seam

from .conftest import Bench, EverythingIsSource


class OnlyThisFile(EverythingIsSource):
    """A library's frames between are not source."""

    def classify(self, filename: str) -> tuple[str, str]:
        return ("source", "app.py") if filename == __file__ else ("other", "")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "data.txt").write_text("before it")
    return tmp_path / "data.txt"


@pytest.fixture
def seen(bench: Bench, path: Path) -> Iterator[Bench]:
    seams = Seams([files_seam.SEAM])
    seams.install()
    before, hub.sources = hub.sources, OnlyThisFile()
    yield bench
    hub.sources = before
    seams.uninstall()


READS: list[Callable[[Path], Any]] = [
    lambda path: open(path).read(),  # noqa: SIM115
    lambda path: path.open().read(),
    lambda path: path.read_text(encoding="utf-8"),
    lambda path: open(path, "rb").read(),  # noqa: SIM115
    lambda path: path.read_bytes(),
]


def whole_text(path: Path) -> None:
    path.write_text("new", encoding="utf-8")


def whole_bytes(path: Path) -> None:
    path.write_bytes(b"new")


def in_block(path: Path) -> None:
    with open(path, "w") as file:
        file.write("new")


def unbuffered(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        file.write(b"new")


def appended(path: Path) -> None:
    with open(path, "a", buffering=1) as file:
        file.write("new\n")


def copied(path: Path) -> None:
    other = path.with_name("other.txt")
    files_seam.opened(other, "w").close()
    with files_seam.opened(other, "w") as file:
        file.write("from there")
    shutil.copy(other, path)


WRITES = [whole_text, whole_bytes, in_block, unbuffered, appended, copied]


@pytest.mark.parametrize("read", READS)
def test_reading_is_one_call(seen: Bench, path: Path, read: Callable[[Path], Any]) -> None:
    assert len(read(path)) == 9
    (call,) = seen.calls
    assert (call.family, call.kind, call.operation, call.effect) == ("file", "load", "load *.txt", False)
    assert call.target == str(path)


@pytest.mark.parametrize("write", WRITES)
def test_writing_is_one_call(seen: Bench, path: Path, write: Callable[[Path], None]) -> None:
    write(path)
    (call,) = seen.calls
    assert (call.kind, call.operation, call.effect) == ("save", "save *.txt", True)


def test_moving_and_listing(seen: Bench, path: Path) -> None:
    os.replace(path, path.with_suffix(".csv"))
    path.with_suffix(".csv").rename(path)
    os.listdir(path.parent)
    list(path.parent.iterdir())
    assert [call.kind for call in seen.calls] == ["move", "move", "list", "list"]


def test_of_libraries_nothing_is_seen(seen: Bench, path: Path) -> None:
    path.write_text("{}")
    seen.calls.clear()
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads("")
    shutil.rmtree(path.parent)
    __import__("runpy")
    assert seen.calls == []


def test_a_descriptor_is_no_path(seen: Bench) -> None:
    read, write = os.pipe()
    open(write, "w").close()
    open(read).close()
    assert seen.calls == []


def test_devices_are_never_failed(seen: Bench) -> None:
    with open(os.devnull) as file:
        file.read()
    assert not seen.calls[0].failable


@pytest.mark.parametrize("read", READS)
def test_not_found(seen: Bench, path: Path, read: Callable[[Path], Any]) -> None:
    with pytest.raises(FileNotFoundError) as real:
        read(path.with_name("nowhere.txt"))
    injected = seen.struck_by("file.not-found", lambda: read(path))
    same(injected, real.value, path)


def same(injected: BaseException, real: OSError, path: Path) -> None:
    assert isinstance(injected, OSError)
    assert type(injected) is type(real)
    assert injected.args == real.args
    assert (injected.errno, injected.strerror, str(injected.filename)) == (real.errno, real.strerror, str(path))
    assert str(injected) == str(real).replace("nowhere.txt", "data.txt")


def test_not_found_of_a_folder(seen: Bench, path: Path) -> None:
    with pytest.raises(FileNotFoundError) as real:
        os.listdir(path.with_name("nowhere.txt"))
    same(seen.struck_by("file.not-found", lambda: os.listdir(path)), real.value, path)


def test_moving_names_both(seen: Bench, path: Path) -> None:
    gone, there = path.with_name("gone.txt"), path.with_name("there.txt")
    with pytest.raises(FileNotFoundError) as real:
        os.rename(gone, there)
    injected = seen.struck_by("file.permission-denied", lambda: os.rename(path, there))
    assert isinstance(injected, PermissionError)
    assert injected.args == (13, "Permission denied")
    assert str(injected.filename2) == str(real.value.filename2)
    assert str(injected).replace("[Errno 13] Permission denied", "").replace("data", "gone") == str(real.value).replace(
        "[Errno 2] No such file or directory", ""
    )
    assert path.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="nobody is refused anything here")
def test_permission_denied(seen: Bench, path: Path) -> None:
    real = error(13, str(path))
    if os.geteuid() != 0:
        path.chmod(0)
        with pytest.raises(PermissionError) as caught:
            files_seam.opened(path)
        real = caught.value
    same(seen.struck_by("file.permission-denied", lambda: open(path)), real, path)  # noqa: SIM115


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no disk is full here")
@pytest.mark.parametrize("write", WRITES)
def test_disk_full(seen: Bench, path: Path, write: Callable[[Path], None]) -> None:
    full = files_seam.opened("/dev/full", "wb", buffering=0)
    with full, pytest.raises(OSError, match="No space") as real:
        full.write(b"x")
    with seen.fault("file.disk-full"):
        with pytest.raises(OSError, match="No space left on device") as caught:
            write(path)
        assert (type(caught.value), caught.value.args) == (OSError, real.value.args)
        assert caught.value.filename is None
        assert path.stat().st_size == (9 if write is appended else 0)
    with files_seam.opened(path) as file:
        assert file.read() == "before it"  # it is put back


def test_a_full_disk_is_noticed_where_the_real_one_is(seen: Bench, path: Path) -> None:
    with seen.fault("file.disk-full"):
        file = open(path, "w", encoding="utf-8")  # noqa: SIM115
        assert (file.name, file.mode, file.encoding) == (path, "w", "utf-8")
        file.write("new")  # it fits into the buffer
        with pytest.raises(OSError, match="No space"):
            file.flush()
        with pytest.raises(OSError, match="No space"):
            file.close()
        assert file.closed


def test_a_new_file_is_gone_afterwards(seen: Bench, path: Path) -> None:
    new = path.with_name("new.txt")
    with seen.fault("file.disk-full"):
        with pytest.raises(OSError, match="No space"):
            new.write_text("x")
        assert new.exists()
    assert not new.exists()


@pytest.mark.parametrize("read", READS)
def test_truncated(seen: Bench, path: Path, read: Callable[[Path], Any]) -> None:
    with seen.fault("file.truncated"):
        found = read(path)
    assert found in ("befo", b"befo")
    assert path.read_text() == "before it"


def test_a_truncated_file_has_its_name(seen: Bench, path: Path) -> None:
    with seen.fault("file.truncated"), open(path) as file:
        assert (file.name, file.fileno() > 2) == (path, True)


def test_everything_is_put_back() -> None:
    seams = Seams([files_seam.SEAM])
    before = builtins.open, pathlib.Path.read_text, os.replace, shutil.copy
    seams.install()
    assert builtins.open is not before[0]
    seams.uninstall()
    assert (builtins.open, pathlib.Path.read_text, os.replace, shutil.copy) == before


def test_many_files_are_one_operation() -> None:
    assert files_seam.named("/x/ab12.JSON") == "*.json"
    assert files_seam.named("/x/Makefile") == "a file"


def test_what_may_be_lost() -> None:
    for name in ("cache/a.json", "app.log", "x.tmp", "thumbnails/1.png", ".lock"):
        assert files_seam.of_no_weight(f"/data/{name}", "put"), name
    for name in ("orders/a.json", "login.txt", "catalog.csv", "template.html"):
        assert not files_seam.of_no_weight(f"/data/{name}", "put"), name
    assert files_seam.of_no_weight("/data/a.json", "save_to_cache")
    assert not files_seam.of_no_weight("/pytest-1/test_log_of_orders0/a.json", "put")
