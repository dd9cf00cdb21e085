"""What a statement looks like: its shape without values, its tables, its conditions. As far as regular expressions can tell."""

from __future__ import annotations

import re
from functools import lru_cache

_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_LITERAL = re.compile(r"'(?:[^']|'')*'|(?<![\w.$])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?\b", re.I)
_PLACE = re.compile(r"\?\d*|%s|%\(\w+\)s|\$\d+|(?<![:\w]):\w+|@\w+")
_MEMBERS = re.compile(r"\bIN\s*\(\s*\?(?:\s*,\s*\?)*\s*\)", re.I)
_ROWS = re.compile(r"\bVALUES\s*(\([^()]*\))(?:\s*,\s*\([^()]*\))+", re.I)


@lru_cache(maxsize=4096)
def plain(sql: str) -> str:
    """Without comments, every value and placeholder a `?`, in single spaces."""
    text = _LITERAL.sub("?", _COMMENT.sub(" ", sql))
    return " ".join(_PLACE.sub("?", text).split())


@lru_cache(maxsize=4096)
def shape(sql: str) -> str:
    """What all runs of a statement have in common, however many members its lists have."""
    return _ROWS.sub(r"VALUES \1", _MEMBERS.sub("IN (?)", plain(sql)))


@lru_cache(maxsize=4096)
def is_batch(sql: str) -> bool:
    """Whether it asks for several at once: a list of members, several rows, an array."""
    text = plain(sql)
    several = re.search(r"\bIN\s*\(\s*\?\s*,\s*\?|\bANY\s*\(\s*\?|\bjson_each\s*\(", text, re.I)
    return several is not None or _ROWS.search(text) is not None


@lru_cache(maxsize=4096)
def is_page(sql: str) -> bool:
    """Whether it asks for the next part of a long list: behind the last one that is known."""
    text = plain(sql)
    return re.search(r"[<>]=?\s*\(?\s*\?", text) is not None and re.search(r"\bLIMIT\b", text, re.I) is not None


_OFFSET = re.compile(r"\bOFFSET\s+\S+|\bLIMIT\s+\S+\s*,\s*\S+", re.I)


@lru_cache(maxsize=4096)
def without_offset(sql: str) -> tuple[str, int]:
    """A statement without where its part begins, and how many placeholders that takes away."""
    text = _COMMENT.sub(" ", sql)
    found = _OFFSET.search(text)
    return _OFFSET.sub("", text), len(_PLACE.findall(found[0])) if found else 0


_SCHEMA_VERBS = re.compile(r"\s*(?:PRAGMA|SHOW|DESCRIBE|DESC)\b", re.I)
_FROM = re.compile(r"\b(?:FROM|JOIN)\s+([^\s,()]+)", re.I)
_UNQUOTED = str.maketrans("", "", '"`[];')
_CATALOGUE = re.compile(
    r"(?:\w+\.)?(?:sqlite_(?:temp_)?(?:master|schema)|pragma_\w+|pg_\w+)|(?:information_schema|pg_catalog)\.\w+", re.I
)


@lru_cache(maxsize=4096)
def reads_schema(sql: str) -> bool:
    """Whether it asks what tables, columns and indexes there are, and nothing else: there are as many as source has made."""
    text = plain(sql)
    tables = [name.translate(_UNQUOTED) for name in _FROM.findall(text)]
    if _SCHEMA_VERBS.match(text):
        return True
    return bool(tables) and all(_CATALOGUE.fullmatch(name) for name in tables)
