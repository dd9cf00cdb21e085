"""Markup: input that comes back as elements, attributes or script of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ..payloads import ATTRIBUTES, ELEMENT, ESCAPED_SCRIPT, LINK, OPEN, RAW, SCRIPT, filled
from ..trace import Attempt, Entry, Outcome, Request, Sink, Trace
from . import Attack, Leaf, header

#: Attributes whose URL runs when it is one of script, by element.
RUN = {
    "href": ("a", "area", "base"),
    "xlink:href": ("a",),
    "src": ("iframe", "frame", "embed"),
    "action": ("form",),
    "formaction": ("button", "input"),
    "data": ("object",),
}
#: What browsers run; a block of another type is data.
RUN_TYPE = re.compile(r"(?:(?:text|application)/(?:x-)?(?:java|ecma)script|module)?\s*(?:;.*)?", re.I | re.S)
#: Where a name in script is text: a literal, or a comment. One without its end is none.
INERT = re.compile(
    r"""'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|(?P<template>`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/|<!--[^\n]*""", re.S
)


def is_shown(outcome: Outcome) -> bool:
    """Whether a browser would show this answer as a page: it does not show what redirects."""
    if outcome.status is not None and 300 <= outcome.status < 400:
        return False
    kind = header(outcome, "content-type").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml", "image/svg+xml")


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """Each leaves another context of a page; where the first came back, only those that it came back in."""

    def placed(*payloads: str) -> Iterator[str]:
        return (leaf.around(filled(payload, token)) for payload in payloads)

    yield from placed(ELEMENT)
    page = made[-1].entry.outcome.body if made and made[-1].entry and made[-1].entry.outcome else ""
    token_there = made[-1].token if made else token
    seen = token_there in page  # else it may show elsewhere
    within = not seen or re.search(rf"<[a-zA-Z][^<>]*{token_there}", page) is not None
    script = not seen or re.search(r"<script|\son\w+\s*=|javascript:", page, re.I) is not None
    if within:
        yield from placed(*ATTRIBUTES)
        yield filled(LINK, token)
    if script:
        yield from placed(*SCRIPT)
    if not seen or re.search(r"<!--|<(?:script|style|title|textarea|noscript)\b", page, re.I):
        yield from placed(RAW)
    if seen:
        yield from placed(OPEN)
    if script:
        yield from placed(*ESCAPED_SCRIPT)


def _requests(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """A page for what does not exist may say what that was."""
    path = f"/<{token}>"
    yield f"GET {path}", replace(request, method="GET", path=path, query="", body=b"")


def _in_page(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    return _shown(attempt, attempt.entry) if attempt.entry is not None else ()


def _shown(attempt: Attempt, entry: Entry) -> Iterable[Sink]:
    outcome = entry.outcome
    if outcome is None or attempt.token not in outcome.body.lower() or not is_shown(outcome):
        return
    proof = "" if attempt.attack != "cross-site-scripting" else broken_out(outcome.body, attempt.token)
    yield Sink("html", outcome.body, bool(proof), False, proof, entry.view)


def broken_out(page: str, token: str) -> str:
    """The element, attribute or script that the token has become; empty where it stayed text or a value."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    for node in root.traverse(include_text=False) if root is not None else ():
        tag = (node.tag or "").lower()
        if token in tag:
            return f"<{tag}>"
        for name, value in node.attributes.items():
            found = _in_attribute(tag, name.lower(), value or "", token)
            if found:
                return found
        if tag == "script" and RUN_TYPE.fullmatch(node.attributes.get("type") or ""):
            text = node.text(deep=True)
            if token in text.lower() and runs(text, token):
                return f"<script>{_near(text, token)}</script>"
    return ""


def _in_attribute(tag: str, name: str, value: str, token: str) -> str:
    if token in name:
        return f"<{tag} {name}>"
    if token not in value.lower():
        return ""
    url = re.sub(r"[\x00-\x20]", "", value).lower()
    if name.startswith("on"):
        bad = runs(value, token)
    elif name == "srcdoc":
        bad = bool(broken_out(value, token))
    else:
        bad = tag in RUN.get(name, ()) and (
            url.startswith(f"javascript:{token}") or (url.startswith("javascript:") and runs(value[11:], token))
        )
    return f'<{tag} {name}="{_near(value, token)}">' if bad else ""


def runs(script: str, token: str) -> bool:
    """Whether the token stands in this script as a name, and not in one of its literals or comments."""
    templates = "".join(match["template"] or "" for match in INERT.finditer(script))
    inserted = " ".join(re.findall(r"(?<!\\)\$\{([^}]*)\}", templates))
    return token in INERT.sub("''", script).lower() or token in INERT.sub("''", inserted).lower()


def _near(text: str, token: str) -> str:
    at = text.lower().find(token)
    return " ".join(text[max(0, at - 40) : at + len(token) + 20].split())


ATTACKS = [
    Attack(
        "cross-site-scripting",
        "input that comes back as markup or script",
        values=_values,
        requests=_requests,
        touches=frozenset({"html", "store"}),
        answers=_in_page,
        later=_shown,
        builds=True,
        shrinks=True,
    )
]
