"""URLs."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import HOST_WAYS, INTERNAL, TARGETS, TOKEN
from .composed import composed

INSIDE = tuple(f"{way}{INTERNAL}/{TOKEN}" for way in HOST_WAYS if way.endswith("//"))


def urls(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """URLs that lead to another host: `TOKEN.invalid`, or an address that only machines of the same cloud can ask.

    The domain `invalid` exists nowhere, so nobody is asked. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-601, CWE-918; RFC 2606 (`.invalid`), WHATWG URL standard (back-slashes, white space).
    """
    return composed((*TARGETS, *INSIDE), around, token, encoded=False)
