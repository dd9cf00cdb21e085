"""A page that greets, over WSGI."""
import json
from html import escape
from urllib.parse import parse_qs


def application(environ, start_response):
    name = parse_qs(environ.get("QUERY_STRING", "")).get("name", ["you"])[0]
    name = name.replace("<", "").replace(">", "")
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    page = f"<!doctype html><title>Hello</title><script>var visitor = {json.dumps(name)};</script><p>Hello {escape(name)}</p>"
    return [page.encode()]
