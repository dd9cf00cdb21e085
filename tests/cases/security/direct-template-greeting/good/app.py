"""Greets by letter."""

import jinja2

LETTERS = jinja2.Environment(autoescape=True)


def letter(name):
    return LETTERS.from_string("Dear {{ name }}, {{ closing }}").render(name=name, closing="yours")
