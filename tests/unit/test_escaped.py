"""Whose file it is that a command could not read."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from pytest_prodready.checks.errors import EscapedException


@pytest.mark.parametrize(
    ("path", "words", "named"),
    [
        ("/data/a.json", ["load", "/data/a.json"], True),
        ("/data/a.json", ["--file=/data/a.json"], True),
        ("/data/a.json", ["/data/a.json:json"], True),
        ("/data/steps/a.py", ["migrate", "/data"], True),
        ("/data/a.json", ["/data/b.json"], False),
        ("a.txt", ["data.txt"], False),
        ("/data/a.json", [], False),
    ],
)
def test_named_by_caller(path: str, words: list[str], named: bool) -> None:
    call = SimpleNamespace(family="file", kind="load", target=path)
    view: Any = SimpleNamespace(call=call, entry=SimpleNamespace(given=tuple(words), request=None))
    assert EscapedException.named_by_caller(view) is named
    call.kind = "save"
    assert not EscapedException.named_by_caller(view)
