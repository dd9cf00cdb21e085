"""Programs that source starts: told of, and never failed."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pytest_prodready.seams import Seams
from pytest_prodready.seams import processes as seam

from .conftest import Bench

HELLO = [sys.executable, "-c", "print('hello')"]


@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    seams = Seams([seam.SEAM])
    seams.install()
    yield
    seams.uninstall()


def awaited() -> None:
    async def main() -> None:
        process = await asyncio.create_subprocess_exec(*HELLO, stdout=subprocess.PIPE)
        assert await process.communicate() == (b"hello\n", None)

    asyncio.run(main())


WAYS: list[Callable[[], object]] = [
    lambda: subprocess.run(HELLO, check=True, capture_output=True),
    lambda: subprocess.check_output(HELLO),
    lambda: subprocess.Popen(args=HELLO, stdout=subprocess.PIPE).communicate(),
    awaited,
]


@pytest.mark.parametrize("start", WAYS)
def test_a_program_is_one_call(bench: Bench, start: Callable[[], object]) -> None:
    start()
    (call,) = bench.calls
    assert (call.seam, call.family, call.operation) == ("subprocess", "process", f"run {Path(sys.executable).name}")
    assert (call.effect, call.failable, call.blocks) == (False, False, False)
    assert "hello" in call.statement


def test_a_line_for_the_shell(bench: Bench) -> None:
    subprocess.run("true | cat", shell=True, check=True)
    assert [call.operation for call in bench.calls] == ["run true"]


def test_a_program_that_is_not_there(bench: Bench) -> None:
    with pytest.raises(FileNotFoundError):
        subprocess.run(["no-such-program"], check=False)
    (call,) = bench.calls
    assert call.error is not None
    assert call.error.name == "FileNotFoundError"


def test_no_fault_is_armed_for_it(bench: Bench) -> None:
    assert bench.faults.driver("subprocess") is None
