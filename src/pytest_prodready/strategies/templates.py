"""Templates."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import FORMAT, TEMPLATES
from .composed import composed


def templates(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that an engine for templates, or `str.format`, reads as a template.

    What is left of them when they were read is not what was put in. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-1336.
    """
    return composed((*TEMPLATES, FORMAT), around, token, encoded=False)
