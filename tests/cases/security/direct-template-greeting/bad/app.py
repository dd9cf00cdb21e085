"""Greets by letter."""

import jinja2

LETTERS = jinja2.Environment(autoescape=True)


def letter(name):
    return LETTERS.from_string(f"Dear {name}, {{{{ closing }}}}").render(closing="yours")
