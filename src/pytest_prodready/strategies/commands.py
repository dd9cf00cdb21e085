"""Commands of a shell."""

from __future__ import annotations

from hypothesis import strategies as st

from ..payloads import COMMAND_ENDS, COMMANDS
from .composed import composed


def commands(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that begin a command of a shell, which is called like the token.

    Nothing is called like that: a shell that runs it says so, and does no harm. They shrink to the plainest that still proves it, alone.

    Args:
        around: a value that is let in: the payload also stands behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-78; grammar by POSIX.1-2017, Shell Command Language.
    """
    return composed(COMMANDS, around, token, COMMAND_ENDS)
