"""Hypothesis strategies for what applications are seldom tried on: `from pytest_prodready import strategies`."""

from .commands import commands
from .composed import token_in
from .headers import headers
from .hostile import hostile_forms, hostile_text
from .malformed import malformed_json
from .markup import markup
from .money import minor_units, money
from .paths import paths
from .sql import sql_injections
from .templates import templates
from .urls import urls

__all__ = [
    "commands",
    "headers",
    "hostile_forms",
    "hostile_text",
    "malformed_json",
    "markup",
    "minor_units",
    "money",
    "paths",
    "sql_injections",
    "templates",
    "token_in",
    "urls",
]
