"""Commands as requests: what their leaves are, and how a function is called with other arguments."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from pytest_prodready.attacks.leaves import leaves
from pytest_prodready.seams import commands, hub
from pytest_prodready.trace import RUN, Request, Trace

WORDS = ("--db", "/x/y.db", "search", "Hara", "--limit=5", "-v", "-3")


@pytest.fixture
def trace() -> Iterator[Trace]:
    hub.start(Trace("test", phase="call"))
    try:
        assert hub.trace is not None
        yield hub.trace
    finally:
        hub.stop()


def test_values_are_leaves_and_names_are_none() -> None:
    found = leaves(Request(RUN, "", words=WORDS, body=b"yes\nno\n"), "cli search")
    assert [(leaf.name, leaf.value) for leaf in found] == [
        ("option.db", "/x/y.db"),
        ("argument[0]", "Hara"),
        ("option.limit", "5"),
        ("option.v", "-3"),
        ("typed[0]", "yes"),
        ("typed[1]", "no"),
    ]


def test_another_value_stays_a_value_also_where_it_begins_like_an_option() -> None:
    found = {leaf.name: leaf for leaf in leaves(Request(RUN, "", words=WORDS), "cli search")}
    assert found["argument[0]"].put("x").words[3] == "x"
    assert found["argument[0]"].put("--x").words[3:5] == ("--", "--x")
    assert found["option.db"].put("--x").words[0] == "--db=--x"
    assert found["option.limit"].put("--x").words[4] == "--limit=--x"


def test_what_a_file_holds_is_a_leaf(tmp_path: Path, trace: Trace) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Una")
    request = commands.asked(["import", f"--from={path}"])
    leaf = next(leaf for leaf in leaves(request, "cli import") if leaf.name == "option.from.content")
    assert (leaf.kind, leaf.value) == ("file", "Una")
    with commands.given(leaf.put("Bo")) as words:
        changed = Path(words[1].removeprefix("--from="))
        assert (changed.name, changed.read_text()) == ("people.csv", "Bo")
    assert not changed.exists()
    assert path.read_text() == "Una"


def test_commands_of_a_test_are_counted(trace: Trace) -> None:
    assert [commands.asked(["a"]).turn, commands.asked(["b"]).turn] == [0, 1]


def called(argv: list[str] | None = None, loud: bool = False) -> tuple[FrameType, Any]:
    return sys._getframe(), argv if argv is not None else sys.argv[1:]


class App:
    def main(self, argv: list[str]) -> tuple[FrameType, Any]:
        return sys._getframe(), argv


def test_a_function_is_called_with_other_arguments() -> None:
    frame, _ = called(["a", "b"], loud=True)
    found = commands.called_again(frame, ("a", "b"))
    assert found is not None
    assert found[1](["c"])[1] == ["c"]


def test_the_name_of_the_program_stays_in_front() -> None:
    frame, _ = called(["app", "a"])
    found = commands.called_again(frame, ("a",))
    assert found is not None
    assert found[1](["c"])[1] == ["app", "c"]


def test_arguments_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["app", "a"])
    frame, _ = called()
    found = commands.called_again(frame, ("a",))
    assert found is not None
    assert found[1](["c"])[1] == ["c"]
    assert sys.argv == ["app", "a"]


def test_a_method() -> None:
    frame, _ = App().main(["a"])
    found = commands.called_again(frame, ("a",))
    assert found is not None
    assert found[1](["c"])[1] == ["c"]


def test_what_cannot_be_called_again() -> None:
    frame, _ = (lambda argv: (sys._getframe(), argv))(["a"])
    assert commands.called_again(frame, ("a",)) is None
