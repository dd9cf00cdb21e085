"""A request taken apart into its leaves, and put together again with another value in one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote_plus, urlencode

from ..payloads import HELD, replaced, values
from ..trace import HOSTILE, Request

#: Headers that applications read; others are the client's and the server's business.
HEADERS = ("referer", "user-agent", "x-forwarded-for", "x-forwarded-host", "accept-language", "origin")
#: Of a list only its first elements are leaves, and of a request so many in all.
ELEMENTS, MOST = 2, 40
#: A word that is an option and no negative number.
OPTION = re.compile(r"--?[A-Za-z]")
DISPOSITION = re.compile(rb'(name|filename)="([^"\r\n]*)"', re.I)

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Leaf:
    """One place of a request that the one outside decides on.

    Attributes:
        name: as in reports: `form.email`, `json.items[0].qty`, `header.Referer`, `path[2]`; `query.*` is the name of a field.
        kind: `path`, `query`, `form`, `json`, `body`, `header`, `cookie`, `file`, `name`; of a command `argument`, `option`,
            `typed`, `file`; of a call `arg`, or `given` where the test gives what is hostile already.
        key: the name of the field.
        value: what stands there, as text.
        put: makes the request with another value there: text, for `body` and `file` bytes too, for `json` anything.
        before, after: what stands around a payload.
        type: of a JSON value the name of its type (`str`, `int`, `float`, `bool`, `NoneType`); else `str`.
    """

    name: str
    kind: str
    key: str
    value: str
    put: Callable[[Any], Request]
    type: str = "str"
    before: str = ""  # what a payload is put between, so that the value still passes for what it was
    after: str = ""

    def around(self, payload: str) -> str:
        """The value with a payload in it."""
        return f"{self.before}{payload}{self.after}"

    def placed(self) -> Iterator[Leaf]:
        """The leaf with its value before, after, and without it: a validator may let only one of them pass."""
        if self.value:
            yield replace(self, before=self.value)
            yield replace(self, after=self.value)
        yield self


def leaves(request: Request, pattern: str = "") -> list[Leaf]:
    """The leaves of a request, those that reach most code first.

    Args:
        pattern: the path of its route: only segments that it leaves open are leaves; of a command its name.
    """
    if request.is_command:
        return [*_words(request, pattern), *_typed(request)][:MOST]
    if request.is_call:
        return list(_arguments(request))[:MOST]
    found = [
        *_query(request), *_body(request), *_path(request, pattern), *_names(request), *_cookies(request),
        *_headers(request),
    ]  # fmt: skip
    return found[:MOST]


def with_header(request: Request, name: str, value: str | None) -> Request:
    """The request with this header (None: without it)."""
    headers = [(known, old) for known, old in request.headers if known != name.lower()]
    return replace(request, headers=(*headers, *([] if value is None else [(name.lower(), value)])))


def _query(request: Request) -> Iterator[Leaf]:
    pairs = parse_qsl(request.query, keep_blank_values=True)
    for number, (key, value) in enumerate(pairs):

        def put(new: Any, number: int = number, key: str = key) -> Request:
            changed = [*pairs[:number], (key, str(new)), *pairs[number + 1 :]]
            return replace(request, query=_encoded(changed))

        yield Leaf(f"query.{key}", "query", key, value, put)


def _encoded(pairs: Any) -> str:
    return urlencode(pairs, errors="surrogatepass")


def _body(request: Request) -> Iterator[Leaf]:
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        yield from _form(request)
    elif kind == "multipart/form-data":
        yield from _multipart(request)
    elif kind.endswith("json") or (not kind and request.body[:1] in (b"{", b"[")):
        try:
            document = json.loads(request.body)
        except ValueError:
            return
        yield from _json(request, document, document, ())
    elif request.body:

        def put(new: Any) -> Request:
            return replace(request, body=_bytes(new))

        yield Leaf("body", "body", "", request.body.decode("latin-1"), put)


def _bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


def _form(request: Request) -> Iterator[Leaf]:
    pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
    for number, (key, value) in enumerate(pairs):

        def put(new: Any, number: int = number, key: str = key) -> Request:
            changed = [*pairs[:number], (key, str(new)), *pairs[number + 1 :]]
            return replace(request, body=_encoded(changed).encode())

        yield Leaf(f"form.{key}", "form", key, value, put)


def _multipart(request: Request) -> Iterator[Leaf]:
    boundary = request.header("content-type").partition("boundary=")[2].split(";")[0].strip('"').encode()
    if not boundary:
        return
    parts = request.body.split(b"--" + boundary)
    for number, part in enumerate(parts[1:-1], 1):
        head, _, content = part.partition(b"\r\n\r\n")
        names = {name.decode().lower(): value.decode("utf-8", "replace") for name, value in DISPOSITION.findall(head)}
        key = names.get("name", "")

        def put(new: Any, number: int = number, head: bytes = head) -> Request:
            return _with_part(request, parts, boundary, number, head + b"\r\n\r\n" + _bytes(new) + b"\r\n")

        if "filename" not in names:
            yield Leaf(f"form.{key}", "form", key, content.rstrip(b"\r\n").decode("utf-8", "replace"), put)
            continue

        def rename(new: Any, number: int = number, head: bytes = head, content: bytes = content) -> Request:
            name = str(new).replace('"', "%22").replace("\r", "").replace("\n", "").encode("utf-8", "surrogatepass")
            renamed = re.sub(rb'filename="[^"]*"', lambda _: b'filename="' + name + b'"', head, flags=re.I)
            return _with_part(request, parts, boundary, number, renamed + b"\r\n\r\n" + content)

        yield Leaf(f"file.{key}.filename", "file", key, names["filename"], rename)
        yield Leaf(f"file.{key}.content", "file", key, content.rstrip(b"\r\n").decode("latin-1"), put)


def _with_part(request: Request, parts: list[bytes], boundary: bytes, number: int, part: bytes) -> Request:
    return replace(request, body=(b"--" + boundary).join([*parts[:number], part, *parts[number + 1 :]]))


def _json(request: Request, document: Any, value: Any, path: Path) -> Iterator[Leaf]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _json(request, document, inner, (*path, key))
        return
    if isinstance(value, list):
        for number, inner in enumerate(value[:ELEMENTS]):
            yield from _json(request, document, inner, (*path, number))
        return

    def put(new: Any) -> Request:
        return replace(request, body=json.dumps(replaced(document, path, new)).encode())

    name = "json" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    yield Leaf(name, "json", key, "" if value is None else str(value), put, type(value).__name__)


def _names(request: Request) -> Iterator[Leaf]:
    """A field more, whose name is the input: names end in statements as columns."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    if pairs:
        yield Leaf(
            "query.*", "name", "", "", lambda new: replace(request, query=_encoded([*pairs, (str(new), pairs[0][1])]))
        )
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        fields = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        if fields:
            yield Leaf(
                "form.*", "name", "", "",
                lambda new: replace(request, body=_encoded([*fields, (str(new), fields[0][1])]).encode()),
            )  # fmt: skip
    elif kind.endswith("json"):
        try:
            document = json.loads(request.body)
        except ValueError:
            return
        for path, inner in list(_objects(document, ()))[:ELEMENTS]:

            def put(new: Any, path: Path = path, inner: dict[str, Any] = inner) -> Request:
                more = {**inner, str(new): next(iter(inner.values()))}
                return replace(request, body=json.dumps(replaced(document, path, more)).encode())

            yield Leaf("json" + "".join(f".{step}" for step in path) + ".*", "name", "", "", put)


def _objects(node: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The objects of a document that have fields, the outermost first."""
    if isinstance(node, dict) and node:
        yield path, node
        for key, inner in node.items():
            yield from _objects(inner, (*path, key))


def _path(request: Request, pattern: str) -> Iterator[Leaf]:
    """The segments that the route leaves open."""
    segments = request.path.split("/")
    fixed = set(pattern.split("/"))
    for number, segment in enumerate(segments):
        if not segment or segment in fixed:
            continue

        def put(new: Any, number: int = number) -> Request:
            changed = [*segments[:number], str(new), *segments[number + 1 :]]
            return replace(request, path="/".join(changed))

        yield Leaf(f"path[{number}]", "path", "", segment, put)


def _cookies(request: Request) -> Iterator[Leaf]:
    pairs = [pair.strip().partition("=") for pair in request.header("cookie").split(";") if "=" in pair]
    for number, (key, _, value) in enumerate(pairs):

        def put(new: Any, number: int = number, key: str = key) -> Request:
            made = quote(str(new), safe="!#$&'()*+-./:<=>?@[]^_`{|}~", errors="surrogatepass")
            changed = [f"{k}={v}" for k, _, v in pairs]
            changed[number] = f"{key}={made}"
            return with_header(request, "cookie", "; ".join(changed))

        yield Leaf(f"cookie.{key}", "cookie", key, unquote_plus(value), put)


def _headers(request: Request) -> Iterator[Leaf]:
    for name in HEADERS:
        value = request.header(name)
        if name in ("referer", "user-agent") or value:

            def put(new: Any, name: str = name) -> Request:
                return with_header(request, name, str(new).replace("\r", "").replace("\n", ""))

            yield Leaf(f"header.{name.title()}", "header", name, value, put)
    for name, value in request.headers:
        if name.startswith("x-") and name not in HEADERS:

            def put_own(new: Any, name: str = name) -> Request:
                return with_header(request, name, str(new).replace("\r", "").replace("\n", ""))

            yield Leaf(f"header.{name.title()}", "header", name, value, put_own)


def _words(request: Request, name: str) -> Iterator[Leaf]:
    """The arguments and options of a command, and what the files hold that they name; words of its name are none."""
    words, files = request.words, dict(request.files)
    named = set(_named(words, name.split()))
    arguments, option = 0, ""
    for number, word in enumerate(words):
        before, value, key = "", word, option
        if OPTION.match(word):
            before, equals, value = word.partition("=")
            option, key = ("", before) if equals else (before, "")
            if not equals:
                continue
            before += equals
        elif number in named:
            option = ""
            continue
        option = ""
        if key:
            kind, place = "option", f"option.{key.lstrip('-')}"
        else:
            kind, place, arguments = "argument", f"argument[{arguments}]", arguments + 1

        def put(new: Any, number: int = number, before: str = before, kind: str = kind) -> Request:
            return replace(request, words=_with_word(words, number, before, str(new), kind), files=())

        yield Leaf(place, kind, key.lstrip("-").replace("-", "_"), value, put)
        if number in files:

            def fill(new: Any, number: int = number) -> Request:
                return replace(request, files=((number, _bytes(new)),))

            yield Leaf(f"{place}.content", "file", key, files[number].decode("latin-1"), fill)


def _named(words: tuple[str, ...], names: list[str]) -> Iterator[int]:
    """The words that say which command it is, in order; the program itself is none of them."""
    at = 0
    for name in names[1:]:
        if name in words[at:]:
            at = words.index(name, at) + 1
            yield at - 1


def _with_word(words: tuple[str, ...], number: int, before: str, new: str, kind: str) -> tuple[str, ...]:
    """The words with another one; one that begins like an option is still no option."""
    if before or not new.startswith("-"):
        return (*words[:number], before + new, *words[number + 1 :])
    if kind == "option":
        return (*words[: number - 1], f"{words[number - 1]}={new}", *words[number + 1 :])
    return (*words[:number], "--", new, *words[number + 1 :])


def _typed(request: Request) -> Iterator[Leaf]:
    """The lines that a command is given to read."""
    lines = request.body.decode("utf-8", "replace").splitlines()
    for number, line in enumerate(lines):

        def put(new: Any, number: int = number) -> Request:
            changed = [*lines[:number], " ".join(str(new).splitlines()), *lines[number + 1 :]]
            return replace(request, body="".join(f"{one}\n" for one in changed).encode(), files=())

        yield Leaf(f"typed[{number}]", "typed", "", line, put)


def _arguments(request: Request) -> Iterator[Leaf]:
    """The texts among the arguments of a call; one that holds a token is what a strategy of ours made: anything may stand there."""
    document = json.loads(request.body)
    for path, value in values(document, ()):
        if not isinstance(value, str):
            continue
        given = HELD.search(value) is not None

        def put(new: Any, path: Path = path, given: bool = given) -> Request:
            body = json.dumps(replaced(document, path, str(new))).encode()
            return replace(request, body=body, method=HOSTILE if given else request.method)

        name = "arg" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        yield Leaf(name, "given" if given else "arg", key, "" if given else value, put)
