"""Settings of a bare ASGI application, for whoever has a session cookie."""

import hmac
import html
import secrets
from http.cookies import SimpleCookie
from urllib.parse import parse_qs

SESSIONS = {}
COOKIE = "session={}; Path=/; HttpOnly; SameSite=None; Secure"


def header(scope, name):
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), "")


def session_of(scope):
    cookies = SimpleCookie(header(scope, b"cookie"))
    return SESSIONS.get(cookies["session"].value) if "session" in cookies else None


async def form_of(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    return {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}


async def answer(send, status, text, *headers):
    fields = [(b"content-type", b"text/html; charset=utf-8"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": text.encode()})


async def app(scope, receive, send):
    if scope["type"] != "http":
        raise RuntimeError("only http")
    route = scope["method"], scope["path"]
    if route == ("POST", "/start"):
        number = secrets.token_urlsafe(16)
        SESSIONS[number] = {"mail": "", "token": secrets.token_urlsafe(16)}
        cookie = COOKIE.format(number).encode()
        return await answer(send, 200, SESSIONS[number]["token"], (b"set-cookie", cookie))
    session = session_of(scope)
    if session is None:
        return await answer(send, 401, "who are you?")
    if route == ("POST", "/settings"):
        form = await form_of(receive)
        if not hmac.compare_digest(form.get("token", "").encode(), session["token"].encode()):
            return await answer(send, 403, "this form is not ours")
        session["mail"] = form.get("mail", "")
        return await answer(send, 303, "saved", (b"location", b"/settings"))
    if route == ("GET", "/settings"):
        return await answer(send, 200, f"mails go to {html.escape(session['mail'])}")
    await answer(send, 404, "no such page")
