"""What was submitted that nobody else may know: passwords, tokens, card numbers."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from ...trace import Call, Entry, Request, Trace

PASSWORD = re.compile(r"(?:.*[_-])?(?:password|passwd|passphrase|passcode|pwd|pw|pass|pin)[12]?|.*[a-z]Password", re.I)
TOKEN = re.compile(
    r"(?:.*[_-])?(?:access|auth|api|refresh|id|session|reset|bearer|secret)[_-]?(?:token|key)|token|jwt|(?:client[_-]?)?secret|"
    r"cvv2?|cvc2?|authorization|x-(?:api-key|auth-token|token)|api[_-]?key|accessToken|refreshToken|authToken",
    re.I,
)
NOT_SECRET = re.compile(r"csrf|page|next|cursor|device|hash", re.I)
CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_PART = re.compile(rb'name="([^"]*)"(?![^\r\n]*filename=)[^\r\n]*(?:\r\n[^\r\n]+)*\r\n\r\n(.*?)\r\n--', re.S)
#: Shorter values turn up everywhere by chance.
SHORTEST = 4


class Secret(NamedTuple):
    """A value that was submitted: `password`, `token` or `card number`."""

    kind: str
    name: str
    value: str


def submitted(entry: Entry) -> list[Secret]:
    """The secrets that came in with an entry; not those that something else has the value of as well."""
    pairs = [*_fields(entry.request), *entry.secrets, *_given(entry.given)]
    open_values = {value for name, value in pairs if _kind(name, value) is None}
    found = [Secret(kind, name, value) for name, value in pairs if (kind := _kind(name, value)) is not None]
    return [one for one in dict.fromkeys(found) if len(one.value) >= SHORTEST and one.value not in open_values]


def _kind(name: str, value: str) -> str | None:
    last = re.split(r"[.\[]", name)[-1]
    if PASSWORD.fullmatch(last) and not NOT_SECRET.search(last):
        return "password"
    if is_card(value):
        return "card number"
    return "token" if TOKEN.fullmatch(last) and not NOT_SECRET.search(last) else None


def is_card(value: str) -> bool:
    """A number of a card's length whose last digit is right."""
    digits = [int(char) for char in value if char.isdigit()]
    if CARD.fullmatch(value.strip()) is None or len(set(digits)) < 2:
        return False
    doubled = [digit if at % 2 == 0 else sum(divmod(2 * digit, 10)) for at, digit in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def _given(words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The options of a command."""
    for word, following in zip(words, (*words[1:], ""), strict=False):
        if word.startswith("--"):
            name, equals, value = word[2:].partition("=")
            yield name.replace("-", "_"), value if equals else following


def _fields(request: Request | None) -> Iterator[tuple[str, str]]:
    if request is None:
        return
    yield from parse_qsl(request.query)
    for name, value in request.headers:
        if name == "authorization":
            yield from _credentials(value)
        elif name.startswith("x-"):
            yield name, value
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        yield from parse_qsl(request.body.decode("utf-8", "replace"))
    elif kind == "multipart/form-data":
        for name, value in _PART.findall(request.body):
            yield name.decode("utf-8", "replace"), value.decode("utf-8", "replace")
    else:
        try:
            yield from _leaves("", json.loads(request.body))
        except (ValueError, RecursionError):
            return


def _credentials(header: str) -> Iterator[tuple[str, str]]:
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            yield "password", base64.b64decode(value).decode().partition(":")[2]
        except (binascii.Error, ValueError):
            return
    else:
        yield "token", value or scheme


def _leaves(name: str, node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from _leaves(str(key), inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _leaves(name, inner)
    elif isinstance(node, str) or (isinstance(node, int) and not isinstance(node, bool)):
        yield name, str(node)


def known_to(trace: Trace) -> list[Secret]:
    """All that was submitted in a run; a command that asked for nothing outside of it is known by what it was given alone."""
    came = (call.entry for call in trace.calls if call.kind == "receive" and call.entry is not None)
    return list(
        dict.fromkeys(secret for entry in dict.fromkeys([*trace.entries, *came]) for secret in submitted(entry))
    )


def bounded(value: str, text: str) -> bool:
    """Whether the value stands in a text by itself, and not in a longer word."""
    at = text.find(value)
    while at >= 0:
        before, after = text[max(at - 1, 0) : at], text[at + len(value) : at + len(value) + 1]
        if not (before.isalnum() and value[:1].isalnum()) and not (after.isalnum() and value[-1:].isalnum()):
            return True
        at = text.find(value, at + 1)
    return False


def values_written(call: Call) -> Iterator[str | bytes]:
    """What a statement writes: its parameters, one by one."""
    yield from _flat(call.parameters)


def _flat(node: Any) -> Iterator[str | bytes]:
    if isinstance(node, str | bytes):
        yield node
    elif isinstance(node, bytearray | memoryview):
        yield bytes(node)
    elif isinstance(node, int) and not isinstance(node, bool):
        yield str(node)
    elif isinstance(node, dict):
        for inner in node.values():
            yield from _flat(inner)
    elif isinstance(node, list | tuple):
        for inner in node:
            yield from _flat(inner)


def writes(trace: Trace) -> Iterator[tuple[Call, list[Secret]]]:
    """The statements of source that wrote something in an entry to which passwords were submitted, with these."""
    known: dict[Entry, list[Secret]] = {}
    for call in trace.source_calls():
        if call.family == "db" and call.kind == "write" and not call.by_test and call.error is None and call.entry:
            passwords = known.get(call.entry)
            if passwords is None:
                passwords = known[call.entry] = [one for one in submitted(call.entry) if one.kind == "password"]
            if passwords:
                yield call, passwords
