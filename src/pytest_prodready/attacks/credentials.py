"""Log-in: passwords that are guessed, and requests that come with forged credentials."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote, unquote

from ..trace import Attempt, Call, Outcome, Request, Sink, Trace
from . import Attack
from .leaves import leaves, with_header

PASSWORD = re.compile(r"(?:.*[_-])?(?:password|passwd|passphrase|passcode|pwd|pw|pass|pin)|.*[a-z]Password", re.I)
#: Headers that tell who asks.
HEADERS = (
    "authorization",
    "x-api-key",
    "x-token",
    "x-auth-token",
    "x-access-token",
    "api-key",
    "x-auth",
    "x-session-token",
)
#: Parts of the names of others that do, where what stands in them looks like a token; and of those that tell something else.
TELLS = re.compile(r"auth|token|key|session|jwt|secret|badge|ticket|credential|identity|user|pass", re.I)
OTHER = re.compile(
    r"csrf|xsrf|agent|request-?id|correlation|trace|idempotency|signature|etag|match|cookie|websocket", re.I
)
TOKEN_LIKE = re.compile(r"(?=.*\d)(?:[\w+/=-]+[.:|])*[\w+/=-]{16,}(?:[.:|][\w+/=-]+)*")
#: Names of what a log-in yields.
YIELDED = re.compile(r"(?:.*[_-])?(?:token|jwt|session(?:_?id)?|sid|access|apikey|api_key)|.*Token", re.I)
LOG_IN = re.compile(r"log-?_?in|sign-?_?in|auth|token|session", re.I)
#: What stands in the way of whoever goes on guessing.
REFUSED = re.compile(r"too many|locked|lock-?out|captcha|try again (?:later|in)|temporarily|rate.?limit|attempts (?:left|remaining)|blocked", re.I)  # fmt: skip
LIMITED = (429, 423)
#: In seconds: no leeway of a verifier is as long.
DAY = 24 * 3600.0
#: Wrong passwords in a row.
GUESSES = 50
#: Claims of a token that say who or what somebody is.
CLAIMS = (
    "sub",
    "user",
    "user_id",
    "uid",
    "id",
    "username",
    "name",
    "email",
    "role",
    "roles",
    "admin",
    "is_admin",
    "scope",
)
CSRF = re.compile(r"csrf|xsrf", re.I)


# ------------------------------------------------------------------------------------------------- wrong passwords
def _guesses(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """The request as it is, wrong passwords, and the right one once more: is it a log-in, and does it stay open?"""
    field = next((leaf for leaf in leaves(request) if PASSWORD.fullmatch(leaf.key) and leaf.value), None)
    if field is None or request.method in ("GET", "HEAD"):
        return
    yield "the right password", request
    right = made[-1].entry.outcome if made[-1].entry is not None else None
    if right is None or right.is_error:
        return
    lets_in = yields_access(right, request)
    for number in range(GUESSES):
        yield f"wrong password {number + 1}", field.put(f"{token}{number}")
        entry = made[-1].entry
        if entry is None or entry.outcome is None or is_limited(entry.outcome) or same_answer(entry.outcome, right):
            return
        if not lets_in and entry.outcome.status not in (401, 403):
            return  # no log-in by its name, and none that refuses
    yield "the right password again", request


def yields_access(outcome: Outcome | None, request: Request) -> bool:
    """Whether somebody was let in: he gets a session or a token, or the way is called a log-in."""
    if outcome is None or outcome.status is None or outcome.status >= 400:
        return False
    if any(name.lower() == "set-cookie" for name, _ in outcome.headers) or LOG_IN.search(request.path):
        return True
    return any(YIELDED.fullmatch(key) for key in _keys(outcome.body))


def _keys(body: str) -> Iterator[str]:
    try:
        document = json.loads(body)
    except ValueError:
        return
    nodes = [document]
    while nodes:
        node = nodes.pop()
        if isinstance(node, dict):
            yield from map(str, node)
            nodes.extend(node.values())


def is_limited(outcome: Outcome) -> bool:
    return (
        outcome.status in LIMITED
        or bool(REFUSED.search(outcome.body))
        or any(name.lower() == "retry-after" for name, _ in outcome.headers)
    )


def same_answer(one: Outcome, other: Outcome | None) -> bool:
    """Whether two answers say the same: status, target, and the fields of a document."""
    if other is None or one.status != other.status or _location(one) != _location(other):
        return False
    return set(_keys(one.body)) == set(_keys(other.body)) and _kind(one) == _kind(other) and (
        bool(list(_keys(one.body))) or _location(one) != "" or one.body == other.body
    )  # fmt: skip


def _location(outcome: Outcome) -> str:
    return next((value for name, value in outcome.headers if name.lower() == "location"), "")


def _kind(outcome: Outcome) -> str:
    return next((value for name, value in outcome.headers if name.lower() == "content-type"), "").partition(";")[0]


def _answered(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    """How a guess was answered."""
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    if attempt.attack != "missing-rate-limit" or outcome is None:
        return
    first = next(one for one in trace.attempts if one.attack == attempt.attack)
    if attempt is first:
        return
    right = first.entry.outcome if first.entry is not None else None
    if is_limited(outcome):
        yield Sink("limit", "", proof=f"status {outcome.status}")
    elif same_answer(outcome, right):
        yield Sink("let-in", "")


# ---------------------------------------------------------------------------------------------- forged credentials
def _forgeries(request: Request, token: str, made: Sequence[Attempt]) -> Iterator[tuple[str, Request]]:
    """The request without what tells who asks; and where that is refused, with something else in its place."""
    bare = without_credentials(request)
    if bare == request:
        return
    yield "without credentials", bare
    entry = made[-1].entry
    if entry is None or entry.outcome is None or not is_refused(entry.outcome):
        return
    for name in _told_in(request):
        value = request.header(name)
        if value:
            for what, forged in _other_headers(name, value, token):
                yield what, with_header(bare, name, forged)
    cookies = _cookies(request)
    for name, value in cookies.items():
        for what, forged in _other_cookies(value, token):
            yield f"cookie {name}: {what}", with_header(bare, "cookie", _joined({name: forged}))
            if len(cookies) > 1:
                others = {**cookies, name: forged}
                yield (
                    f"cookie {name}: {what}, beside empty ones",
                    with_header(bare, "cookie", _joined({key: forged if key == name else "" for key in others})),
                )
    for what, value in (*((name, request.header(name)) for name in _told_in(request)), *cookies.items()):
        ends = _ends(value)
        if ends is not None:
            yield f"{what}: the token, a day after it has expired", replace(request, later=ends - time.time() + DAY)
    tricks = {"x-forwarded-for": "127.0.0.1", "x-real-ip": "127.0.0.1", "x-user": "admin", "x-forwarded-user": "admin", "x-remote-user": "admin", "x-admin": "true", "x-role": "admin", "x-internal": "true", "x-debug": "1"}  # fmt: skip
    trick = bare
    for name, value in tricks.items():
        if not request.header(name):
            trick = with_header(trick, name, value)
    yield "headers that a proxy would set", trick


def _ends(value: str) -> float | None:
    """When a JSON web token says that it expires; None where it does not, or is none."""
    parts = value.rpartition(" ")[2].strip('"').split(".")
    try:
        ends = json.loads(_from_base64(parts[1]))["exp"]
    except (IndexError, KeyError, TypeError, ValueError, binascii.Error):
        return None
    return float(ends) if isinstance(ends, int | float) else None


def is_refused(outcome: Outcome) -> bool:
    """Whether somebody is sent away because nobody knows him."""
    if outcome.status in (401, 403):
        return True
    return outcome.status in (301, 302, 303, 307, 308) and bool(LOG_IN.search(_location(outcome)))


def without_credentials(request: Request) -> Request:
    """The request without what tells who asks; a token against forged forms is none."""
    kept = {name: value for name, value in _cookies(request).items() if CSRF.search(name)}
    tells = (*_told_in(request), "cookie")
    request = replace(request, headers=tuple((name, value) for name, value in request.headers if name not in tells))
    return with_header(request, "cookie", _joined(kept)) if kept else request


def _told_in(request: Request) -> list[str]:
    """The headers of a request that tell who asks."""
    return [
        name
        for name, value in request.headers
        if name in HEADERS or (TELLS.search(name) and not OTHER.search(name) and TOKEN_LIKE.fullmatch(value))
    ]


def _cookies(request: Request) -> dict[str, str]:
    pairs = [pair.strip().partition("=") for pair in request.header("cookie").split(";") if "=" in pair]
    return {name: value for name, _, value in pairs if not CSRF.search(name)}


def _joined(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _other_headers(name: str, value: str, token: str) -> Iterator[tuple[str, str]]:
    scheme, space, credential = value.partition(" ") if name == "authorization" else ("", "", value)
    if name == "authorization" and not space:
        scheme, credential = "", value
    before = f"{scheme}{space}"
    if scheme.lower() == "basic":
        yield from _other_passwords(before, credential, token)
        return
    for what, forged in (*_other_tokens(credential, token), *_other_opaque(credential, token)):
        yield f"{name}: {what}", f"{before}{forged}"
    if name == "authorization":
        yield f"{name}: only the name of the scheme", before or "Bearer"


def _other_passwords(before: str, credential: str, token: str) -> Iterator[tuple[str, str]]:
    try:
        user = base64.b64decode(credential).decode().partition(":")[0]
    except (binascii.Error, ValueError):
        return
    for what, pair in (
        ("a wrong password", f"{user}:{token}"), ("no password", f"{user}:"), ("nobody's password", f"{token}:{token}"),
    ):  # fmt: skip
        yield f"authorization: {what}", before + base64.b64encode(pair.encode()).decode()


def _other_opaque(value: str, token: str) -> Iterator[tuple[str, str]]:
    """Other texts in place of a token."""
    yield "a token that nobody gave out", token
    yield "an empty token", ""
    yield "the token with something behind it", f"{value}{token}"
    yield "the first character of the token", value[:1]
    stem = re.match(r".*[-_.:|]", value[:-1])
    if stem is not None:
        yield "a token that begins like the right one", f"{stem[0]}{token}"
    yield "null", "null"
    yield from _other_identity(value, token)


def _other_cookies(value: str, token: str) -> Iterator[tuple[str, str]]:
    value = value.strip('"')
    yield from _other_tokens(value, token)
    yield "a value that nobody gave out", token
    yield from _other_identity(unquote(value), token)
    stem = re.match(r".*[-_.:|]", value[:-1])
    if stem is not None:
        yield "the value with another end", f"{stem[0]}{token}"


def _other_identity(value: str, token: str) -> Iterator[tuple[str, str]]:
    """Values that hold who somebody is, in the clear or encoded, say somebody else."""
    if value.isdigit():
        for number in {1, int(value) + 1, max(int(value) - 1, 0)} - {int(value)}:
            yield "another number", str(number)
    elif value.isalpha() and value.lower() != "admin":
        yield "the administrator's name", "admin"
    for what, read, written in (
        ("as it is", lambda text: text, lambda text: quote(text)),
        ("in base64", _from_base64, _base64),
        ("in hexadecimal", lambda text: bytes.fromhex(text).decode(), lambda text: text.encode().hex()),
    ):  # fmt: skip
        try:
            text = read(value)
        except (ValueError, binascii.Error):
            continue
        try:
            document = json.loads(text)
        except ValueError:
            document = None
        if isinstance(document, dict):
            for claims in _changed(document):
                yield f"other claims {what}", written(json.dumps(claims))
            continue
        if what != "as it is" and text.isprintable() and text:
            for other in ("admin", "admin:admin", "1", "2", re.sub(r"\d+", "1", text), re.sub(r"^\w+", "admin", text)):
                if other != text:
                    yield f"somebody else {what}", written(other)
        elif what == "as it is" and re.fullmatch(r"\w+[:|]\w+", text):
            yield "somebody else", re.sub(r"^\w+", "admin" if not text[0].isdigit() else "1", text)


def _changed(claims: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same claims of somebody else, and of somebody with more rights."""
    known = [name for name in CLAIMS if name in claims]
    if known:
        yield {**claims, **{name: _more(name, claims[name]) for name in known}}
        for name in known:
            yield {**claims, name: _more(name, claims[name])}
    yield {**claims, "role": "admin", "admin": True}


def _more(name: str, value: Any) -> Any:
    if name in ("role", "roles", "scope"):
        return ["admin"] if isinstance(value, list) else "admin"
    if isinstance(value, bool):
        return True
    if isinstance(value, int):
        return value + 1
    return str(int(value) + 1) if str(value).isdigit() else "admin"


def _other_tokens(value: str, token: str) -> Iterator[tuple[str, str]]:
    """A JSON web token, unsigned or signed by somebody else."""
    parts = value.split(".")
    if len(parts) != 3:
        return
    try:
        header, claims = (json.loads(_from_base64(part)) for part in parts[:2])
    except (ValueError, binascii.Error):
        return
    if not isinstance(header, dict) or not isinstance(claims, dict):
        return
    for algorithm in ("none", "None", "NONE"):
        yield f"a token of algorithm {algorithm}", f"{_part({**header, 'alg': algorithm})}.{parts[1]}."
    yield "the token without its signature", f"{parts[0]}.{parts[1]}."
    yield "the token with another signature", f"{parts[0]}.{parts[1]}.{_base64(token).rstrip('=')}"
    for what, key in (("an empty key", b""), ("a key of another", token.encode())):
        signed = f"{_part({**header, 'alg': 'HS256'})}.{parts[1]}"
        digest = hmac.new(key, signed.encode(), hashlib.sha256).digest()
        yield f"a token signed with {what}", f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
    for other in list(_changed(claims))[:2]:
        yield "other claims under the old signature", f"{parts[0]}.{_part(other)}.{parts[2]}"


def _part(document: dict[str, Any]) -> str:
    return _base64(json.dumps(document, separators=(",", ":"))).rstrip("=")


def _base64(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


def _from_base64(text: str) -> str:
    padded = text + "=" * (-len(text) % 4)
    return base64.b64decode(padded, altchars=b"-_", validate=True).decode()


def hands_on(attempt: Attempt, call: Call) -> bool:
    """Whether this asks another service with the credentials that came in."""
    if attempt.token in str(call.headers):
        return True
    told = {value for name, value in attempt.request.headers if name in HEADERS or TELLS.search(name)}
    forged = {value.rpartition(" ")[2] for value in told | set(_cookies(attempt.request).values()) if value}
    return not forged.isdisjoint(str(value).rpartition(" ")[2] for value in call.headers.values())


def _served(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    """A forged request that was served."""
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    if attempt.attack != "authentication-bypass" or attempt.value == "without credentials" or outcome is None:
        return
    if outcome.status is None or not 200 <= outcome.status < 300:
        return
    if any(hands_on(attempt, call) for call in trace.calls[slice(*attempt.calls)] if call.family == "http"):
        return  # somebody else is asked whether it is good
    if attempt.doubled:
        return  # a double of the test lets everybody in
    yield Sink("access", outcome.body, True, False, attempt.value, attempt.entry.view if attempt.entry else None)


ATTACKS = [
    Attack(
        "authentication-bypass",
        "requests with forged, tampered, expired or missing credentials",
        requests=_forgeries,
        answers=_served,
    ),
    Attack(
        "missing-rate-limit",
        "wrong passwords, fifty in a row",
        requests=_guesses,
        answers=_answered,
    ),
]
