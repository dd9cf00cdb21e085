"""Reads what it needs by names that are no distribution's."""
import attr
import dateutil.parser
import jinja2
import markdown_it
import multipart as _forms  # python-multipart still answers to its old name
import yaml
from flask import Flask, jsonify

app = Flask(__name__)


@attr.s
class Day:
    when = attr.ib()


@app.get("/")
def home():
    day = Day(dateutil.parser.parse("2025-02-03"))
    title = jinja2.Template("{{ day }}").render(day=day.when.date())
    return jsonify(title=markdown_it.MarkdownIt().render(title), list=yaml.safe_load("[1, 2]"))
