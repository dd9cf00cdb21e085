"""Malformed input: what a broken client sends, and what nobody thought of: missing fields, other types, odd values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..trace import Attempt, Request
from . import Attack, Leaf
from .leaves import with_header

NUMBER = re.compile(r"\s*[-+]?\d+(?:[.,]\d+)?\s*")
DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d?[./]\d\d?[./]\d{2,4}|\d\d?:\d\d(?::\d\d)?")
#: What no 64 bits hold.
HUGE = 10**30
#: So many fields are left out, one at a time.
MOST = 12
#: Far below the recursion limit.
DEEP = 100
#: A digit to `str.isdigit`, and none to `int`.
SUPERSCRIPT = "²"
LONE = "\ud800"


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[Any]:
    """What finds most comes first."""
    if leaf.kind == "json":
        yield from _json_values(leaf)
    elif leaf.kind in ("query", "form", "path", "cookie", "header"):
        yield from _texts(leaf)
    elif leaf.kind in ("argument", "option", "typed"):
        yield from (text for text in _texts(leaf) if "\x00" not in text)  # an operating system passes none
    elif leaf.name.endswith(".filename"):
        yield from ("noextension", "x" * 300 + ".txt", ".", "a\x00b.txt")
    else:
        yield from ("", "\ud800\x00", '{"a"', "a,b\n1")


def _json_values(leaf: Leaf) -> Iterator[Any]:
    if leaf.type in ("int", "float"):
        yield from ("abc", None, [], 0, -1, float("nan"), HUGE, float("inf"), "", {}, True)
    elif NUMBER.fullmatch(leaf.value) or DATE.fullmatch(leaf.value):
        yield from ("abc", None, 7, "", ["x"], "2024-13-45", SUPERSCRIPT, "nan")
    else:
        yield from (None, 7, ["x"], "", {"x": 1}, f"a{LONE}", "a\x00b", "x" * 20_000)


def _texts(leaf: Leaf) -> Iterator[str]:
    if NUMBER.fullmatch(leaf.value):
        yield from ("abc", "", "0", "-1", "nan", SUPERSCRIPT, str(HUGE), "1e999", "1.5")
    elif DATE.fullmatch(leaf.value):
        yield from ("abc", "", "2024-13-45", "0000-00-00", "99999-01-01", "1")
    else:
        yield from ("", "\x00", "\u202e\u0301é😀", "x" * 5000)


def _requests(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """The request without one of its fields, and with another body."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    for name in list(dict.fromkeys(name for name, _ in pairs))[:MOST]:
        yield f"without query.{name}", replace(request, query=urlencode([pair for pair in pairs if pair[0] != name]))
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        for name in list(dict.fromkeys(name for name, _ in fields))[:MOST]:
            body = urlencode([pair for pair in fields if pair[0] != name]).encode()
            yield f"without form.{name}", replace(request, body=body)
        yield "without a body", replace(request, body=b"")
    elif kind == "multipart/form-data":
        yield from _without_parts(request)
        yield "without a body", replace(request, body=b"")
    elif request.body:
        yield from _bodies(request, token)


def _without_parts(request: Request) -> Iterator[tuple[str, Request]]:
    boundary = request.header("content-type").partition("boundary=")[2].split(";")[0].strip('"').encode()
    parts = request.body.split(b"--" + boundary) if boundary else []
    for number, part in enumerate(parts[1:-1][:MOST], 1):
        name = re.search(rb'name="([^"]*)"', part)
        rest = (b"--" + boundary).join([*parts[:number], *parts[number + 1 :]])
        yield f"without form.{name[1].decode('utf-8', 'replace') if name else number}", replace(request, body=rest)


def _bodies(request: Request, token: str) -> Iterator[tuple[str, Request]]:
    try:
        document = json.loads(request.body)
    except ValueError:
        return
    for path in list(_keys(document, ()))[:MOST]:
        yield f"without json.{'.'.join(map(str, path))}", _with_json(request, _without(document, path))
    for what, other in (
        ("an empty object", {}), ("a list for the body", []), ("null for the body", None), ("a text for the body", "x"),
        ("a number for the body", 7),
    ):  # fmt: skip
        if type(other) is not type(document) or what == "an empty object":
            yield what, _with_json(request, other)
    if isinstance(document, dict) and document:
        yield "a field that nobody knows", _with_json(request, {**document, token: token})
        key = json.dumps(next(iter(document)))
        again = request.body.rstrip()[:-1] + f", {key}: null}}".encode()
        yield "a key twice", replace(request, body=again)
    yield "broken JSON", replace(request, body=request.body.rstrip()[:-1])
    yield "deep JSON", replace(request, body=b'{"a":' * DEEP + b"1" + b"}" * DEEP)
    yield "bytes that are no text", replace(request, body=b'{"a": "\xff\xfe"}')
    yield "without a body", replace(request, body=b"")
    yield "another content type", with_header(request, "content-type", "text/plain")


def _keys(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, dict):
        for key, inner in node.items():
            yield (*path, key)
            yield from _keys(inner, (*path, key))
    elif isinstance(node, list) and node:
        yield from _keys(node[0], (*path, 0))


def _without(node: Any, path: tuple[str | int, ...]) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(node, dict):
        if not rest:
            return {key: inner for key, inner in node.items() if key != step}
        return {key: _without(inner, rest) if key == step else inner for key, inner in node.items()}
    return [_without(inner, rest) if number == step else inner for number, inner in enumerate(node)]


def _with_json(request: Request, document: Any) -> Request:
    return replace(request, body=json.dumps(document).encode())


ATTACKS = [
    Attack(
        "unhandled-input",
        "input that is missing, malformed or out of all bounds",
        values=_values,
        requests=_requests,
        of_commands=lambda leaf: leaf.kind != "file",
        fits=lambda leaf: leaf.kind != "name",  # what is added is made among the requests
    )
]
