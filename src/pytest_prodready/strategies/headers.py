"""Headers of an answer."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import HEADERS
from .composed import composed


def headers(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that end a header, and begin one that is called like the token.

    A carriage return and a line feed, and a line feed alone. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-113; RFC 9112, 2.2 (a line feed alone may end a line).
    """
    return composed(HEADERS, around, token)
