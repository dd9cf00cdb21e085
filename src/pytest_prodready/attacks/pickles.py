"""Pickles and their kin (dill, joblib, marshal, jsonpickle, YAML): input that names what is to be called when it is read."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import io
import json
import lzma
import marshal
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..trace import Attempt, Sink
from . import Attack, Leaf

#: What is heard of a name that is looked up, and of a text that is read by `marshal`.
EVENTS = frozenset({"pickle.find_class", "import", "marshal.loads"})
YAML = re.compile(r"^\s*(?:- |[\w\"'-]+\s*:(?:\s|$)|\{|\[|---)", re.M)
#: How a pickle may be carried: name -> (read, write).
CARRIED: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "bytes": (lambda data: data, lambda data: data),
    "base64": (lambda data: base64.b64decode(_padded(data), validate=True), base64.b64encode),
    "urlsafe base64": (lambda data: base64.urlsafe_b64decode(_padded(data)), base64.urlsafe_b64encode),
    "hex": (binascii.unhexlify, binascii.hexlify),
}


def _padded(data: bytes) -> bytes:
    return data + b"=" * (-len(data) % 4)


#: How it may be compressed: how that begins -> (read, write).
COMPRESSED: dict[bytes, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    b"\x78": (zlib.decompress, zlib.compress),
    b"\x1f\x8b": (gzip.decompress, gzip.compress),
    b"BZh": (bz2.decompress, bz2.compress),
    b"\xfd7zXZ": (lzma.decompress, lzma.compress),
}


def _pickled(token: str) -> bytes:
    return b"\x80\x02c" + token.encode() + b"\n" + token.encode() + b"\n."


def _is_pickle(data: bytes) -> bool:
    begins = (data[:1] == b"\x80" and data[1:2] <= b"\5") or data[:2] in (b"(d", b"(l", b"(i")
    return begins and data[-1:] == b"."


def _is_marshalled(data: bytes) -> bool:
    """Whether this is what `marshal` writes of a container; the length that it says must be possible: room is made for it."""
    kind = chr(data[0] & 0x7F) if data else ""
    if kind not in tuple("{[()") or (kind in "[(" and int.from_bytes(data[1:5], "little") > len(data)):
        return False
    stream = io.BytesIO(data)
    try:
        marshal.load(stream)
    except (EOFError, TypeError, ValueError):
        return False
    return stream.tell() == len(data)


#: Formats that are bytes: whether it is one, and one that asks for what there is not.
FORMATS: list[tuple[Callable[[bytes], bool], Callable[[str], bytes]]] = [
    (_is_pickle, _pickled),
    (_is_marshalled, lambda token: marshal.dumps([token])),
]


def _carrier(leaf: Leaf) -> Callable[[str], bytes] | None:
    """Makes of a token what may stand here and is read as what stood here; None where that is no pickle."""
    value = leaf.value.strip('"').encode("latin-1", "replace")
    for read, write in CARRIED.values():
        try:
            data = read(value)
        except ValueError:
            continue
        found = _made_like(data)
        if found is not None:
            return _packed(found, write)
    return None


def _packed(make: Callable[[str], bytes], pack: Callable[[bytes], bytes]) -> Callable[[str], bytes]:
    return lambda token: pack(make(token))


def _made_like(data: bytes) -> Callable[[str], bytes] | None:
    for begins, (unpack, pack) in COMPRESSED.items():
        if data.startswith(begins):
            try:
                inner = _made_like(unpack(data))
            except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
                return None
            return None if inner is None else _packed(inner, pack)
    return next((make for is_one, make in FORMATS if is_one(data)), None)


def _is_yaml(leaf: Leaf) -> bool:
    return (
        "yaml" in sys.modules and leaf.kind in ("file", "body", "form", "json", "arg") and bool(YAML.search(leaf.value))
    )


def _fits(leaf: Leaf) -> bool:
    if leaf.type != "str" or not leaf.value or leaf.name.endswith(".filename"):
        return False
    return _is_jsonpickle(leaf) or _is_yaml(leaf) or _carrier(leaf) is not None


def _is_jsonpickle(leaf: Leaf) -> bool:
    return "py/object" in leaf.value or ("jsonpickle" in sys.modules and leaf.value.lstrip()[:1] in ("{", "["))


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[Any]:
    """A pickle, a YAML and a JSON that ask for a module which there is not."""
    carrier = _carrier(leaf)
    if carrier is not None:
        written = carrier(token)
        yield written if leaf.kind in ("file", "body") else written.decode("latin-1")
        return
    if _is_jsonpickle(leaf):
        yield json.dumps({"py/object": f"{token}.{token}"})
    if _is_yaml(leaf):
        yield f"!!python/name:{token}.{token} ''"
        yield f"x: !!python/object/apply:{token}.{token} []"


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event not in EVENTS or not args or attempt.token not in str(args[0]):
        return None
    named = f"{args[0]}.{args[1]}" if event == "pickle.find_class" else attempt.token
    bites = attempt.attack == "unsafe-deserialization"
    return Sink("pickle", named, bites, True, named)


ATTACKS = [
    Attack(
        "unsafe-deserialization",
        "input that names what is called when it is read: pickles, marshal, YAML with tags of Python",
        values=_values,
        fits=_fits,
        of_commands=lambda leaf: True,
        of_calls=_is_yaml,  # a pickle a caller has made himself
        events=_event,
    )
]
