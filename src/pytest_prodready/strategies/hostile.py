"""All kinds of hostile text at once, and forms with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from ..payloads import DATES, NUMBERS, RECORDS, TEXTS
from .commands import commands
from .composed import composed
from .headers import headers
from .markup import markup
from .paths import paths
from .sql import sql_injections
from .templates import templates
from .urls import urls

#: Odd values in the place of a text, a number or a date.
ODD = tuple(dict.fromkeys((*TEXTS, *NUMBERS, *DATES)))


def hostile_text(around: str = "", *, token: str | None = None) -> st.SearchStrategy[str]:
    """Texts that nobody should trust: those of all other strategies, new lines, odd and long ones, any at all.

    They can be sent: half a character (a lone surrogate) is none of them, since a client refuses it before the
    application sees it; `malformed_json` has it in the form that arrives. They shrink to an injection of SQL, or to
    the empty text.

    Args:
        around: a value that is let in: payloads also stand behind and before it.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a token of less than four letters and digits, or one that does not begin with a letter.
        TypeError: for an `around` that is no text.

    Source: CWE-20, and those of the other strategies.
    """
    families = (sql_injections, markup, paths, commands, templates, urls, headers)
    return st.one_of(
        *(family(around, token=token) for family in families),
        composed(RECORDS, around, token),
        st.sampled_from(ODD),
        st.text(st.characters(exclude_categories=["Cs"])),
    )


def hostile_forms(fields: Mapping[str, Any], *, token: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Forms that are as they should be but for one field: that is hostile, or left out.

    One at a time, so that no other field has the form refused before this one is looked at. They shrink to the first
    field that proves something, and to the plainest value of it.

    Args:
        fields: a value that is let in for each name, or a strategy for such values; `{"email": "ada@example.com"}`.
        token: of letters and digits; by default each value has another, see `token_in`.

    Raises:
        ValueError: for a form without fields, or as `hostile_text`.

    Source: CWE-20.
    """
    if not fields:
        raise ValueError("a form without fields has nothing to attack")
    valid = {name: value if isinstance(value, st.SearchStrategy) else st.just(value) for name, value in fields.items()}
    forms = st.fixed_dictionaries(valid)

    def attacked(name: str) -> st.SearchStrategy[dict[str, Any]]:
        value = fields[name]
        text = hostile_text(value if isinstance(value, str) else "", token=token)
        return st.builds(lambda form, new: {**form, name: new}, forms, text)

    def left_out(name: str) -> st.SearchStrategy[dict[str, Any]]:
        return forms.map(lambda form: {known: value for known, value in form.items() if known != name})

    return st.one_of(*map(attacked, fields), *map(left_out, fields))
