"""The size of a drawing."""
from urllib.parse import parse_qs

from lxml import etree


def caption(drawing):
    parser = etree.XMLParser()
    root = etree.fromstring(drawing.encode(), parser)
    return "".join(root.itertext())


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)).decode("utf-8", "replace")
    try:
        status, answer = "200 OK", caption(parse_qs(body).get("svg", [""])[0])
    except (etree.XMLSyntaxError, ValueError):
        status, answer = "400 Bad Request", "no drawing"
    start_response(status, [("Content-Type", "text/plain")])
    return [answer.encode()]
