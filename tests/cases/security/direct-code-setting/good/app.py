"""Reads settings of the form `key=value`."""

import ast


def setting(key, value):
    try:
        return key, ast.literal_eval(f"[{value}]")[0]
    except (NameError, SyntaxError, ValueError):
        return key, value
