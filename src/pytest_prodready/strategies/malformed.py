"""JSON that broken clients send."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from ..payloads import FIRST, bodies, json_values, replaced, values


def malformed_json(example: Any) -> st.SearchStrategy[bytes]:
    """Bodies like the one of `example` that are no JSON, lack a field, or have another type or an odd value in one.

    They shrink to the first field left out.

    Args:
        example: a document that is let in: what `json.loads` gives.

    Returns:
        a strategy of bodies, as bytes: send them as `application/json`.

    Raises:
        TypeError: for an example that JSON cannot hold.

    Source: CWE-20; RFC 8259 (and what Python's `json` takes beyond it: `NaN`, `Infinity`).
    """
    try:
        body = json.dumps(example)
    except (TypeError, ValueError) as error:
        raise TypeError(f"the example is no JSON: {error}") from None
    document = json.loads(body)
    made = [*(other for _, other in bodies(document, body.encode(), f"{FIRST}00000000")), *_odd(document)]
    return st.sampled_from(list(dict.fromkeys(made)))


def _odd(document: Any) -> Iterator[bytes]:
    """One value at a time is another."""
    for path, value in values(document, ()):
        for other in json_values(type(value).__name__, "" if value is None else str(value)):
            if other != value or type(other) is not type(value):
                yield json.dumps(replaced(document, path, other)).encode()
