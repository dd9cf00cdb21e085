"""Pickles and their kin: input that names what is to be called when it is read."""

from __future__ import annotations

import base64
import binascii
import json
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..trace import Attempt, Sink
from . import Attack, Leaf

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


def _is_pickle(data: bytes) -> bool:
    begins = (data[:1] == b"\x80" and data[1:2] <= b"\5") or data[:2] in (b"(d", b"(l", b"(i")
    return begins and data[-1:] == b"."


def _carrier(leaf: Leaf) -> tuple[Callable[[bytes], bytes], bool] | None:
    """(how a pickle has to be written to stand here, whether compressed); None where none stands here."""
    value = leaf.value.strip('"').encode("latin-1", "replace")
    for read, write in CARRIED.values():
        try:
            data = read(value)
        except ValueError:
            continue
        if _is_pickle(data):
            return write, False
        try:
            if data[:1] == b"\x78" and _is_pickle(zlib.decompress(data)):
                return write, True
        except zlib.error:
            pass
    return None


def _is_yaml(leaf: Leaf) -> bool:
    return "yaml" in sys.modules and leaf.kind in ("file", "body", "form", "json") and bool(YAML.search(leaf.value))


def _fits(leaf: Leaf) -> bool:
    if leaf.type != "str" or not leaf.value or leaf.name.endswith(".filename"):
        return False
    return "py/object" in leaf.value or _is_yaml(leaf) or _carrier(leaf) is not None


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[Any]:
    """A pickle, a YAML and a JSON that ask for a module which there is not."""
    carrier = _carrier(leaf)
    if carrier is not None:
        write, compressed = carrier
        data = b"\x80\x02c" + token.encode() + b"\n" + token.encode() + b"\n."
        written = write(zlib.compress(data) if compressed else data)
        yield written if leaf.kind in ("file", "body") else written.decode("latin-1")
        return
    if "py/object" in leaf.value:
        yield json.dumps({"py/object": f"{token}.{token}"})
    if _is_yaml(leaf):
        yield f"!!python/name:{token}.{token} ''"
        yield f"x: !!python/object/apply:{token}.{token} []"


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event not in ("pickle.find_class", "import") or attempt.token not in str(args[0]):
        return None
    named = f"{args[0]}.{args[1]}" if event == "pickle.find_class" else str(args[0])
    bites = attempt.attack == "unsafe-deserialization"
    return Sink("pickle", named, bites, True, named)


ATTACKS = [
    Attack(
        "unsafe-deserialization",
        "input that names what is called when it is read: pickles, YAML with tags of Python",
        values=_values,
        fits=_fits,
        events=_event,
    )
]
