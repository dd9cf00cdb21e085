"""What a test's body prints, and what is passed on."""

from __future__ import annotations

import contextlib
import io
import sys

import pytest

from pytest_prodready.sweep.output import LIMIT, Output


def test_what_was_printed_since(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    with output.running():
        print("before")
        mark = output.mark()
        print("after")
        sys.stdout.writelines(["a", "b\n"])
        print("trouble", file=sys.stderr)
        assert output.since(mark) == ("after\nab\n", "trouble\n")
        assert sys.stdout.encoding
    assert capsys.readouterr().out == "before\nafter\nab\n"


def test_streams_are_put_back() -> None:
    before = sys.stdout, sys.stderr
    output = Output()
    with output.running(), contextlib.redirect_stdout(io.StringIO()):
        print("elsewhere")
    assert output.since((0, 0)) == ("", "")
    assert (sys.stdout, sys.stderr) == before


def test_a_stream_that_the_test_put_there_stays() -> None:
    before, own = sys.stdout, io.StringIO()
    try:
        with Output().running():
            sys.stdout = own
        assert sys.stdout is own
    finally:
        sys.stdout = before


def test_not_more_than_is_worth_keeping(capsys: pytest.CaptureFixture[str]) -> None:
    output = Output()
    with output.running():
        for _ in range(100):
            print("x" * (LIMIT // 10))
    assert len(output.since((0, 0))[0]) < 2 * LIMIT
    capsys.readouterr()
