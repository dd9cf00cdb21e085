"""Paths."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import WAYS_OUT
from .composed import composed


def paths(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Paths that lead out of the directory they belong to.

    Twelve steps up and then the token, an absolute path, and what is left when `../` is taken out or decoded twice. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-22.
    """
    return composed(WAYS_OUT, around, token)
