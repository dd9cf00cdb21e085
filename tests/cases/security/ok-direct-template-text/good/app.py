"""Renders the templates that it is given."""

import logging
import string

import jinja2
from django.template import Context, Engine

log = logging.getLogger(__name__)


def render(template, **values):
    return jinja2.Template(template).render(values)


def page(text):
    return jinja2.Template(text).render(title="news")


def padded(content):
    return jinja2.Environment().from_string(content).render().center(20)


def framed(layout):
    return jinja2.Template("<p>" + layout + "</p>").render(title="news")


def paragraph(text):
    return jinja2.Template("<p>" + text + "</p>").render(title="news")


def of_django(content):
    log.warning("%d characters of a template", len(content))
    return Engine().from_string(content).render(Context({"title": "news"}))


def filled(text, **values):
    return string.Template(text).substitute(values)


def told(message, value):
    log.warning("%d characters of a message", len(message))
    return message.format(value)
