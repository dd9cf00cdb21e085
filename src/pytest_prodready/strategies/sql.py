"""SQL."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import SQL, SQL_ENDS
from .composed import composed


def sql_injections(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that end the literal they are put into, and go on as SQL.

    Each leaves another context: a text, a number, a name, a parenthesis, a comment. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-89.
    """
    return composed(SQL, around, token, SQL_ENDS)
