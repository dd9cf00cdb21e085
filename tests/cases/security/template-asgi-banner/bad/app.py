"""A banner for a stand at the market, as text: an ASGI application with Jinja."""

from urllib.parse import parse_qs

from jinja2 import Environment, TemplateError

env = Environment()


def banner(text, price):
    return env.from_string("*** " + text + " ***\nonly {{ price }}\n").render(price=price)


async def app(scope, receive, send):
    assert scope["type"] == "http"
    query = parse_qs(scope["query_string"].decode("latin-1"))
    try:
        status, body = 200, banner(query.get("text", ["apples"])[0], query.get("price", ["1"])[0])
    except TemplateError:
        status, body = 400, "no banner can be made of that"
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode("utf-8", "replace")})
