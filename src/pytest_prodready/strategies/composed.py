"""What the strategies of hostile input share: a payload, what hides the rest, an encoding, a place, a token."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import quote

from hypothesis import strategies as st

from ..payloads import FIRST, HELD, filled

GIVEN = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")


def _plain(text: str) -> str:
    return text


#: As it is for the most part, and for those who decode once more than they check.
ENCODINGS: tuple[Callable[[str], str], ...] = (_plain, _plain, _plain, quote, lambda text: quote(quote(text)))


def token_in(value: str) -> str:
    """The token of a hostile value: where it ends up tells how far the value got.

    Args:
        value: what one of the strategies made, without a `token` of your own.

    Returns:
        ten letters and digits, which mean nothing to anybody.

    Raises:
        ValueError: where there is none: a text that is only odd or too long.
    """
    found = HELD.search(value)
    if found is None:
        raise ValueError(f"no token in {value[:80]!r}")
    return found[0].lower()


def tokens(token: str | None) -> st.SearchStrategy[str]:
    if token is None:
        return st.integers(0, 16**8 - 1).map(lambda number: f"{FIRST}{number:08x}")
    if not GIVEN.fullmatch(token):
        raise ValueError(f"token={token!r} must be four or more letters and digits, a letter first")
    return st.just(token)


def composed(
    payloads: Sequence[str], around: str, token: str | None, ends: Sequence[str] = ("",), encoded: bool = True
) -> st.SearchStrategy[str]:
    """Payloads with their token filled in. They shrink to the first, alone, as it is."""
    if not isinstance(around, str):
        raise TypeError(f"around={around!r} must be a text")
    places = [("", ""), (around, ""), ("", around)] if around else [("", "")]

    def made(payload: str, end: str, encode: Callable[[str], str], place: tuple[str, str], given: str) -> str:
        return f"{place[0]}{encode(filled(payload + end, given))}{place[1]}"

    return st.builds(
        made,
        st.sampled_from(payloads),
        st.sampled_from(ends),
        st.sampled_from(ENCODINGS if encoded else ENCODINGS[:1]),
        st.sampled_from(places),
        tokens(token),
    )
