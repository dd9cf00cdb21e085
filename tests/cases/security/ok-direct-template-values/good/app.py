"""Puts values into templates of its own."""

import html

import jinja2

PAGES = jinja2.Environment(autoescape=True)
GREETING = PAGES.from_string("<p>Dear {{ name }}</p>")


def greeting(name):
    return GREETING.render(name=name)


def line(name, mood):
    return "{} is {}".format(html.escape(name), mood)


def banner(text):
    return f"*** {text} ***"
