"""HTML."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import MARKUP
from .composed import composed


def markup(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that become elements, attributes or script of a page.

    The token becomes the name of what is made: parse the page, and look for an element or attribute of that name. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-79; contexts by the HTML standard (html.spec.whatwg.org, parsing).
    """
    return composed(MARKUP, around, token)
