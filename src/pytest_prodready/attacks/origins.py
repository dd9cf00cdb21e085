"""Another site in the user's browser: what it may read, what it may send, and what a debugger would tell it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

from ..trace import SAFE_METHODS, Attempt, Entry, Outcome, Request, Sink, Trace
from . import Attack, header
from .leaves import with_header

#: Forms that a browser sends to another site without asking it.
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
SESSION = re.compile(r"sess|^sid$|auth|token|jwt|login|remember|user", re.I)
#: A field or header that another site does not know.
SECRET = re.compile(r"csrf|xsrf|authenticity|nonce|(?:^|_)token$", re.I)
DEBUGGER = re.compile(r"__debugger__|EVALEX")


def _foreign(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """A browser sends the origin, and with it the user's cookies."""
    if not request.header("cookie"):
        request = with_header(request, "cookie", f"visited={token}")
    host = request.header("host") or "localhost"
    for origin in (f"https://{token}.invalid", "null", f"https://{host}.{token}.invalid"):
        yield f"Origin: {origin}", with_header(request, "origin", origin)


def _readable(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    entry = attempt.entry
    if attempt.attack != "permissive-cors" or entry is None or entry.outcome is None:
        return
    allowed = header(entry.outcome, "access-control-allow-origin").strip()
    if with_cookies(entry.outcome) and allowed in (attempt.request.header("origin"), "*"):
        yield Sink("origin", allowed, True, False, f"Access-Control-Allow-Origin: {allowed}", entry.view)


def with_cookies(outcome: Outcome) -> bool:
    """Whether the other site may read what the user's cookies show; what anybody may read it may read too."""
    return header(outcome, "access-control-allow-credentials").strip().lower() == "true"


def _forged(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """The form as a page of another site makes the browser send it."""
    kind = request.header("content-type").partition(";")[0].strip().lower()
    names = [pair.partition("=")[0].strip() for pair in request.header("cookie").split(";")]
    if request.method in SAFE_METHODS or kind not in FORMS or not any(SESSION.search(name) for name in names):
        return
    if request.header("authorization") or _test_only_protection():
        return
    forged = request
    for name, _ in request.headers:
        if SECRET.search(name):
            forged = with_header(forged, name, None)
    if kind == FORMS[0]:
        pairs = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        kept = [pair for pair in pairs if not SECRET.search(pair[0])]
        if kept != pairs:
            forged = replace(forged, body=urlencode(kept).encode())
    elif any(SECRET.search(name) for name in _names_in(request.body.decode("utf-8", "replace"))):
        return  # parts are not taken out
    site = f"https://{token}.invalid"
    forged = with_header(with_header(forged, "origin", site), "referer", f"{site}/")
    yield f"the form, sent by {site}", with_header(forged, "sec-fetch-site", "cross-site")


def _names_in(body: str) -> Iterator[str]:
    """The names of the parts of a form, or of the lines of a plain one."""
    yield from re.findall(r'name="([^"]*)"', body)
    yield from (line.partition("=")[0] for line in body.splitlines())


def _test_only_protection() -> bool:
    """Whether a library guards forms that test clients are let off from."""
    if "flask_wtf.csrf" in sys.modules:
        return True
    conf = sys.modules.get("django.conf")
    settings = getattr(conf, "settings", None)
    if settings is None or not settings.configured:
        return False
    return any(str(name).endswith("CsrfViewMiddleware") for name in settings.MIDDLEWARE)


def _accepted(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    entry = attempt.entry
    if attempt.attack != "missing-csrf-protection" or entry is None or entry.outcome is None:
        return
    calls = trace.calls[slice(*attempt.calls)]
    # what was created, or who is sent on, has changed something, be it where nobody sees it
    wrote = entry.outcome.status in (201, 302, 303) or any(call.effect and call.error is None for call in calls)
    refused = entry.outcome.is_error or sends_to_log_in(entry)
    if wrote and not refused and not kept_home(attempt, trace):
        yield Sink("form", attempt.value, True, False, f"answered {entry.outcome.status}", entry.view)


def sends_to_log_in(entry: Entry) -> bool:
    """Whether the answer is the page of the log-in."""
    assert entry.outcome is not None
    return re.search(r"log.?in|sign.?in", header(entry.outcome, "location"), re.I) is not None


def kept_home(attempt: Attempt, trace: Trace) -> bool:
    """Whether the browser does not send the cookie of the session along with what another site makes it send."""
    sent = {pair.partition("=")[0].strip() for pair in attempt.request.header("cookie").split(";")}
    for entry in trace.entries:
        for name, value in entry.outcome.headers if entry.outcome is not None else ():
            cookie, _, attributes = value.partition(";")
            ours = name.lower() == "set-cookie" and cookie.partition("=")[0].strip() in sent
            if ours and re.search(r"samesite\s*=\s*(?:lax|strict)", attributes, re.I):
                return True
    return False


def _asked(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """What only a debugger gives: its own script."""
    asked = "__debugger__=yes&cmd=resource&f=debugger.js"
    yield f"GET {request.path}?{asked}", replace(request, method="GET", body=b"", query=asked)


def _debugged(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    if attempt.attack != "debug-mode" or outcome is None:
        return
    if outcome.status == 200 and "javascript" in header(outcome, "content-type") and DEBUGGER.search(outcome.body):
        what = "the debugger of Werkzeug"
        yield Sink("debugger", what, True, False, what)


ATTACKS = [
    Attack("permissive-cors", "another site that reads with the user's cookies", requests=_foreign, answers=_readable,
           builds=True),
    Attack("missing-csrf-protection", "a form that another site sends", requests=_forged, answers=_accepted),
    Attack("debug-mode", "somebody who looks for a debugger", requests=_asked, answers=_debugged),
]  # fmt: skip
