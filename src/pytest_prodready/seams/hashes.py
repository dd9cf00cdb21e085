"""Fast hashes that source computes: what it gives them, in the ordinary run."""

from __future__ import annotations

import hashlib
import sys
from types import ModuleType
from typing import Any

from ..trace import Hashed
from . import Patches, Seam, hub

FAST = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")
#: More is no password.
LONGEST = 256


def _note(algorithm: str, data: Any, filename: str) -> None:
    if hub.trace is None or hub.trace.phase != "call" or hub.sources is None or not hub.wants("hashed"):
        return
    if not isinstance(data, bytes | bytearray) or not 0 < len(data) <= LONGEST or not hub.is_source(filename):
        return
    site = hub.here()
    if site is not None:
        hub.trace.hashed.append(Hashed(algorithm, bytes(data), site))


def _digest(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if args and hub.trace is not None:
        _note(wrapped.__name__.removeprefix("openssl_"), args[0], sys._getframe(1).f_code.co_filename)
    return wrapped(*args, **kwargs)


def _new(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if len(args) > 1 and str(args[0]).lower() in FAST and hub.trace is not None:
        _note(str(args[0]).lower(), args[1], sys._getframe(1).f_code.co_filename)
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    for name in FAST:
        if not isinstance(getattr(hashlib, name), type):  # BLAKE2 is a class
            patches.wrap(hashlib, name, _digest)
    patches.wrap(hashlib, "new", _new)


SEAM = Seam("hashlib", ("hashlib",), install)
