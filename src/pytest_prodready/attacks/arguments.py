"""Arguments of a function that the test calls: which are plain data, and which the caller may mean to be code.

Nobody but the caller says what a function is given. Only a value that is a word, a name, a number, and that the function puts
into a statement, a command or a template of its own, is none of the caller's business.
"""

from __future__ import annotations

import re

from . import Leaf

#: Words, names, numbers, dates, addresses: nothing in it means anything to anybody.
PLAIN = re.compile(r"(?:[\w.@:,+]|(?<!^)[ -](?!-))*")
#: A term of numbers: who reads one need not run Python.
TERM = re.compile(r"(?=.*\d)[\d\s.+*/()%-]+")
#: Names of arguments that say: this is code, a part of a command, a template.
COMMAND = re.compile(r"(?:.*_)?(?:cmd|commands?|args?|argv|arguments?|options?|flags?|opts|script|line|sub_?command|action|verb|program|executable|binary|tool)", re.I)  # fmt: skip
CODE = re.compile(
    r"(?:.*_)?(?:code|source|src|script|program|python|statement|body|lambda|predicate|condition|rule)", re.I
)
TEMPLATE = re.compile(r"(?:.*_)?(?:templates?|tmpl|tpl|fmt|format|pattern|source|src|layout|markup)", re.I)


def is_plain(leaf: Leaf) -> bool:
    """Whether nothing in this argument could be meant as code; what a strategy of ours makes is meant as nothing."""
    return leaf.kind == "given" or PLAIN.fullmatch(leaf.value) is not None


def may_be(leaf: Leaf, named: re.Pattern[str]) -> bool:
    """Whether the argument's name says that the caller decides."""
    return leaf.kind != "given" and named.fullmatch(leaf.key) is not None


def is_term(text: str) -> bool:
    """Whether it is a term of numbers."""
    return TERM.fullmatch(text) is not None
