"""What breaks out of which context: the one source of payloads, for attacks and for strategies. Plainest first.

`§` stands for a token of letters and digits: where that ends up tells how far the input got.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

TOKEN = "§"
#: What a token begins with, and a token in a text: of a strategy of ours, without one of the user's own.
FIRST = "zq"
HELD = re.compile(rf"{FIRST}[0-9a-f]{{8}}", re.I)

# ------------------------------------------------------------------------------------------------------- injections
#: Each ends another kind of literal, or stands where none is.
SQL = ("'§", " OR §=§", '"§', "`§", "') § --", "*/ §", "\\' §")
#: What may hide the rest of a statement.
SQL_ENDS = ("", " --", "#", "/*", ")")

ELEMENT = "<§>"
#: Within a tag: past the end of a value, or where none began; and a value that is a link.
ATTRIBUTES = ('"§="', "'§='", "x §=1 ")
LINK = "javascript:§"
SCRIPT = ("';§;'", '";§;"')
#: Past the end of what a page holds as text.
RAW = "--></script></style></title></textarea></noscript><§>"
#: What takes tags away looks for their end.
OPEN = "<§ "
#: Past a script's own escapes.
ESCAPED_SCRIPT = ("${§}", "\\';§;//", '\\";§;//')
MARKUP = (ELEMENT, *ATTRIBUTES, LINK, *SCRIPT, RAW, OPEN, *ESCAPED_SCRIPT)

#: Steps up that end at the root from wherever they begin.
STEPS = 12
UP = "../" * STEPS
#: By `..`, by an absolute path, and past those who take `../` out or decode it once more.
WAYS_OUT = (f"{UP}§", "/§", f"{'....//' * STEPS}§", f"{'%2e%2e%2f' * STEPS}§")

#: Each begins a command: outside of quotes, in double ones, after single ones; the last is the whole of it.
COMMANDS = (";§ ", "$(§)", "';§ '", "`§`", '";§ "', "|§", "\n§", "§")
COMMAND_ENDS = ("", "#", ";", "&")

#: A name: in the place of a value, in a term, behind an operator, after a text.
TERMS = ("+§+0", "'+§+'", '"+§+"', "\n§\n", "') or § or ('")

#: An expression, a comment that an engine takes out of the page, an expression that leaves nothing.
TEMPLATES = ("{{§}}", "§{# x #}§", "§${'y' * 0}§")
#: The class of what `str.format` is given.
FORMAT = "§{0.__class__}"

#: Each passes another check of where a redirect goes: of the scheme, of a slash in front, of how a host begins or ends.
TARGETS = ("https://§.invalid/", "//§.invalid/", "/\\§.invalid/", "https:§.invalid", "@§.invalid/", ".§.invalid/",
           "///§.invalid/", "/\t/§.invalid/")  # fmt: skip
#: An address that only machines of the same cloud can ask.
INTERNAL = "169.254.169.254"
#: Before a host that the application puts into an URL of its own.
HOST_WAYS = ("", "@", "//", "https://")

#: What ends a header, and a line of the log.
HEADERS = ("\r\nX-§: §", "\n§: §")
RECORDS = ("§\n§", "§\r§")


def filled(payload: str, token: str) -> str:
    """The payload with this token."""
    return payload.replace(TOKEN, token)


# ---------------------------------------------------------------------------------------------------- out of bounds
#: What no 64 bits hold.
HUGE = 10**30
#: A digit to `str.isdigit`, and none to `int`.
SUPERSCRIPT = "²"
LONE = "\ud800"
#: Far below the recursion limit.
DEEP = 100
#: So many fields are left out, one at a time.
MOST = 12

NUMBER = re.compile(r"\s*[-+]?\d+(?:[.,]\d+)?\s*")
DATE = re.compile(r"\d{4}-\d\d-\d\d.*|\d\d?[./]\d\d?[./]\d{2,4}|\d\d?:\d\d(?::\d\d)?")

TEXTS = ("", "\x00", "\u202e\u0301é😀", "x" * 5000)
NUMBERS = ("abc", "", "0", "-1", "nan", SUPERSCRIPT, str(HUGE), "1e999", "1.5")
DATES = ("abc", "", "2024-13-45", "0000-00-00", "99999-01-01", "1")
FILENAMES = ("noextension", "x" * 300 + ".txt", ".", "a\x00b.txt")
CONTENTS = ("", f"{LONE}\x00", '{"a"', "a,b\n1")

#: In the place of a number, of a text that is one, and of any other value.
JSON_NUMBERS: tuple[Any, ...] = ("abc", None, [], 0, -1, float("nan"), HUGE, float("inf"), "", {}, True)
JSON_NUMERALS = ("abc", None, 7, "", ["x"], "2024-13-45", SUPERSCRIPT, "nan")
JSON_VALUES = (None, 7, ["x"], "", {"x": 1}, f"a{LONE}", "a\x00b", "x" * 20_000)


def json_values(kind: str, text: str) -> tuple[Any, ...]:
    """What broken clients send in the place of a value.

    Args:
        kind: the name of its type in Python.
        text: the value as text.
    """
    if kind in ("int", "float"):
        return JSON_NUMBERS
    return JSON_NUMERALS if NUMBER.fullmatch(text) or DATE.fullmatch(text) else JSON_VALUES


OTHER_BODIES: Mapping[str, Any] = {
    "an empty object": {},
    "a list for the body": [],
    "null for the body": None,
    "a text for the body": "x",
    "a number for the body": 7,
}


def bodies(document: Any, body: bytes, token: str) -> Iterator[tuple[str, bytes]]:
    """(what it is, body) of what broken clients send in the place of a document; `body` is that document as it was sent."""
    for path in list(_fields(document, ()))[:MOST]:
        yield f"without json.{'.'.join(map(str, path))}", _dumped(without(document, path))
    for what, other in OTHER_BODIES.items():
        if type(other) is not type(document) or what == "an empty object":
            yield what, _dumped(other)
    if isinstance(document, dict) and document:
        yield "a field that nobody knows", _dumped({**document, token: token})
        key = json.dumps(next(iter(document)))
        yield "a key twice", body.rstrip()[:-1] + f", {key}: null}}".encode()
    yield "broken JSON", body.rstrip()[:-1]
    yield "deep JSON", b'{"a":' * DEEP + b"1" + b"}" * DEEP
    yield "bytes that are no text", b'{"a": "\xff\xfe"}'
    yield "without a body", b""


def _fields(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, ...]]:
    if isinstance(node, dict):
        for key, inner in node.items():
            yield (*path, key)
            yield from _fields(inner, (*path, key))
    elif isinstance(node, list) and node:
        yield from _fields(node[0], (*path, 0))


def without(node: Any, path: tuple[str | int, ...]) -> Any:
    """The document without the field at the end of this path."""
    step, rest = path[0], path[1:]
    if isinstance(node, dict):
        if not rest:
            return {key: inner for key, inner in node.items() if key != step}
        return {key: without(inner, rest) if key == step else inner for key, inner in node.items()}
    return [without(inner, rest) if number == step else inner for number, inner in enumerate(node)]


def replaced(node: Any, path: tuple[str | int, ...], new: Any) -> Any:
    """The document with another value at the end of this path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(node, dict):
        return {key: replaced(inner, rest, new) if key == step else inner for key, inner in node.items()}
    return [replaced(inner, rest, new) if number == step else inner for number, inner in enumerate(node)]


def values(node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """(path, value) of all that is neither object nor list."""
    if isinstance(node, dict | list):
        for step, inner in node.items() if isinstance(node, dict) else enumerate(node):
            yield from values(inner, (*path, step))
    else:
        yield path, node


def _dumped(document: Any) -> bytes:
    return json.dumps(document).encode()
