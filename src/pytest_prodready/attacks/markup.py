"""Markup: input that comes back as elements, attributes or script of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..trace import Attempt, Entry, Outcome, Sink, Trace
from . import Attack, Leaf


def is_html(outcome: Outcome) -> bool:
    """Whether a browser would show this answer as a page."""
    kind = next((value for name, value in outcome.headers if name.lower() == "content-type"), "")
    return kind.partition(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", "image/svg+xml")


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """Each leaves another context of a page: text, an attribute in quotes or without, a script, a URL."""
    yield leaf.around(f"<{token}>")
    yield leaf.around(f'"{token}="')
    yield leaf.around(f"'{token}='")
    yield leaf.around(f" {token}=1 ")
    yield leaf.around(f"</script><{token}>")
    yield f"javascript:{token}"


def _in_page(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    return _shown(attempt, attempt.entry) if attempt.entry is not None else ()


def _shown(attempt: Attempt, entry: Entry) -> Iterable[Sink]:
    outcome = entry.outcome
    if outcome is None or not is_html(outcome) or attempt.token not in outcome.body.lower():
        return
    proof = "" if not attempt.attack else broken_out(outcome.body, attempt.token)
    yield Sink("html", outcome.body, bool(proof), False, proof, entry.view)


def broken_out(page: str, token: str) -> str:
    """The element or attribute that the token has become; empty where it stayed text or a value."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(page).root
    for node in root.traverse(include_text=False) if root is not None else ():
        if token in (node.tag or "").lower():
            return f"<{node.tag}>"
        for name, value in node.attributes.items():
            if token in name.lower():
                return f"<{node.tag} {name}>"
            if name.lower().startswith("on") and token in (value or "").lower():
                return f'<{node.tag} {name}="{value}">'
            if name.lower() in ("href", "src", "action", "formaction") and (value or "").strip().lower().startswith(
                f"javascript:{token}"
            ):
                return f'<{node.tag} {name}="{value}">'
    return ""


ATTACKS = [
    Attack(
        "cross-site-scripting",
        "input that comes back as markup or script",
        values=_values,
        touches=frozenset({"html", "store"}),
        answers=_in_page,
        later=_shown,
    )
]
