"""What a request carried, for checks that read it: its headers, its body, and the object that source gave for one."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..trace import Call

#: Of a body, what is kept.
LARGEST_BODY = 64 * 1024


def keep(call: Call, headers: Any, body: Any = None, payload: Any = None) -> None:
    """Fill the call.

    Args:
        headers: anything with `items`, or pairs.
        body: what goes over the wire; what is read only while it is sent is left alone.
        payload: what source gave as `json` or `data`.
    """
    with suppress(Exception):  # a test's double may put anything there
        pairs = headers.items() if hasattr(headers, "items") else headers or ()
        call.headers = {_text(name).lower(): _text(value) for name, value in pairs}
    if isinstance(body, str):
        body = body.encode("utf-8", "replace")
    if isinstance(body, bytes | bytearray):
        call.body = bytes(body[:LARGEST_BODY])
    # source may use its dict or list again
    call.payload = payload.copy() if isinstance(payload, dict | list) else payload


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def given(json: Any, data: Any) -> Any:
    """The object that source gave: a client takes `json` only where there is no `data`."""
    return json if json is not None and not data else data
