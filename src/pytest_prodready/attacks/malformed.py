"""Malformed input: what a broken client sends, and what nobody thought of: missing fields, other types, odd values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..payloads import CONTENTS, DATE, DATES, FILENAMES, MOST, NUMBER, NUMBERS, TEXTS, bodies, json_values
from ..trace import Attempt, Request
from . import Attack, Leaf
from .leaves import with_header


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[Any]:
    """What finds most comes first."""
    if leaf.kind == "json":
        yield from json_values(leaf.type, leaf.value)
    elif leaf.kind in ("query", "form", "path", "cookie", "header"):
        yield from _texts(leaf)
    elif leaf.kind in ("argument", "option", "typed"):
        yield from (text for text in _texts(leaf) if "\x00" not in text)  # an operating system passes none
    elif leaf.name.endswith(".filename"):
        yield from FILENAMES
    else:
        yield from CONTENTS


def _texts(leaf: Leaf) -> Iterator[str]:
    if NUMBER.fullmatch(leaf.value):
        yield from NUMBERS
    elif DATE.fullmatch(leaf.value):
        yield from DATES
    else:
        yield from TEXTS


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
    for what, body in bodies(document, request.body, token):
        yield what, replace(request, body=body)
    yield "another content type", with_header(request, "content-type", "text/plain")


ATTACKS = [
    Attack(
        "unhandled-input",
        "input that is missing, malformed or out of all bounds",
        values=_values,
        requests=_requests,
        of_commands=lambda leaf: leaf.kind != "file",
        fits=lambda leaf: leaf.kind != "name",  # what is added is made among the requests
        shrinks=True,
    )
]
