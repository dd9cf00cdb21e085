"""Webhooks of payment providers: how they are recognised, and what proves who sent them."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from ..observation import request_from
from ..trace import SAFE_METHODS, Request

#: Without the proof, with a wrong one, and as the suite sends it where that has none.
MISSING, WRONG, BARE = "missing", "wrong", "none"

PATH = re.compile(r"web_?hook|hook|(?<![a-z])ipn|notif|callback|postback|(?<![a-z])events?(?![a-z])", re.I)
PLAIN_PATH = re.compile(
    r"web_?hook|(?<![a-z])hooks?(?![a-z])|(?<![a-z])ipn(?![a-z])|notification|callback|postback", re.I
)
PAYMENT = re.compile(
    r"pay|charge|invoice|checkout|amount|currency|refund|stripe|mollie|adyen|razorpay|braintree|square|klarna|order|"
    r"subscription|deposit|credit|balance|capture|transaction|transfer",
    re.I,
)
#: Headers that prove something; those of browsers prove it of the browser.
PROOF = re.compile(
    r"signature|hmac|transmission-sig|-sig$|verif-hash|secret|(?<!csrf)(?<!csrf-)token|api-?key|digest|^authorization$"
)
BROWSER = re.compile(r"csrf|xsrf|idempotency")
#: Fields of a body, and of a query, that do.
FIELD = re.compile(r"^(?:bt_)?signature$|^sign$|^sig$|^hmac(?:_?signature)?$|^hash$|^mac$|^checksum$|^md5sign?$", re.I)
QUERY = re.compile(r"token|secret|key|sign|sig$|hash|hmac", re.I)
#: Fields that an event has.
EVENT = frozenset({
    "type", "event", "event_type", "eventtype", "event_code", "eventcode", "action", "topic", "resource",
    "notificationitems", "payment_status", "status", "state", "txn_id", "kind", "name", "result",
})  # fmt: skip
#: Words of a source that verifies in some way: where the suite sends no proof, it may be switched off there.
VERIFIES = (
    "hmac", "compare_digest", "construct_event", "verify_signature", "signature", "Signature", "remote_addr", "REMOTE_ADDR",
    "verify_webhook", "jwt", "HTTPBasic", "HTTPBearer", "login_required", "api_key", "webhook_secret",
    "WEBHOOK_SECRET", "access_route", "X_FORWARDED_FOR",
)  # fmt: skip
#: A part of a path that nobody guesses.
SECRET_PART = re.compile(r"(?=[^/]*[0-9])[A-Za-z0-9_-]{16,}")


def proofs(request: dict[str, Any], view: str, words: Callable[[str], bool], any_: bool = False) -> list[str]:
    """How this request can lose its proof; nothing, where it is no webhook of a payment.

    Args:
        request: as data, see `trace.Sighting`.
        view: the name of the function that answers it.
        words: whether a name occurs as a word in source.
        any_: a webhook is one, however its sender is known.
    """
    arrived = request_from(request)
    if arrived.method in SAFE_METHODS:
        return []
    where = f"{arrived.path} {view}"
    headers = " ".join(name for name, _ in arrived.headers)
    if not PAYMENT.search(f"{where} {headers} {request['body']}") or arrived.header("cookie"):
        return []
    found = _holders(arrived)
    signed = any(re.search(r"signature|hmac|transmission-sig|verif-hash", name) for name, _ in arrived.headers)
    if found and (PATH.search(where) or signed):
        return [MISSING, WRONG]
    if found or not PLAIN_PATH.search(where) or not is_event(arrived):
        return []
    if any_:
        return [BARE]
    secret = any(SECRET_PART.fullmatch(part) for part in arrived.path.split("/"))
    return [] if secret or any(map(words, VERIFIES)) else [BARE]


def is_event(request: Request) -> bool:
    """Whether the body tells of something that happened, and not only where to ask."""
    names = {key.lower() for key, _ in _members(_body(request))}
    return bool(EVENT & names) and len(names) > 1


def unproven(request: Request, variant: str) -> Request:
    """The request without its proof."""
    if variant == BARE:
        return request
    spoil = forged if variant == WRONG else None
    headers = []
    for name, value in request.headers:
        if not _proves(name):
            headers.append((name, value))
        elif spoil is not None:
            headers.append((name, spoil(value)))
    pairs = parse_qsl(request.query, keep_blank_values=True)
    query = request.query
    if any(QUERY.search(name) for name, _ in pairs):
        query = urlencode(
            [(k, spoil(v) if spoil and QUERY.search(k) else v) for k, v in pairs if spoil or not QUERY.search(k)]
        )
    return replace(request, headers=tuple(headers), query=query, body=_without(request, spoil))


def forged(value: str) -> str:
    """A proof of the same form, which is wrong."""
    scheme, space, rest = value.partition(" ")
    if scheme.lower() == "basic" and space:
        try:
            plain = base64.b64decode(rest, validate=True).decode("latin-1")
        except ValueError:
            plain = ""
        if plain:
            user, _, password = plain.partition(":")
            return f"{scheme} {base64.b64encode(f'{user}:{_turned(password)}'.encode('latin-1', 'replace')).decode()}"
    if space and scheme.isalpha():
        return f"{scheme} {forged(rest)}"
    runs = [m.span() for m in re.finditer(r"[A-Za-z0-9+/_.-]+", value)]
    long = [(start, end) for start, end in runs if end - start >= 16] or runs[-1:]
    for start, end in reversed(long):
        value = value[:start] + _turned(value[start:end]) + value[end:]
    return value


_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")


def _turned(text: str) -> str:
    """Each letter and digit is another one of its kind; hex stays hex."""
    if _HEX.fullmatch(text):
        turned = "".join("0123456789abcdef"[15 - int(one, 16)] for one in text)
        return turned.upper() if text.isupper() else turned

    def other(one: str) -> str:
        for first, last in ("az", "AZ", "09"):
            if first <= one <= last:
                return first if one == last else chr(ord(one) + 1)
        return one

    return "".join(map(other, text))


# ---------------------------------------------------------------------- where a proof stands
def _proves(header: str) -> bool:
    return PROOF.search(header) is not None and BROWSER.search(header) is None


def _holders(request: Request) -> bool:
    """Whether something proves who sent it."""
    pairs = parse_qsl(request.query, keep_blank_values=True)
    return (
        any(_proves(name) for name, _ in request.headers)
        or any(QUERY.search(name) for name, _ in pairs)
        or any(FIELD.search(key) and isinstance(value, str) for key, value in _members(_body(request)))
    )


def _body(request: Request) -> Any:
    """The body as data: JSON or a form."""
    text = request.body.decode("utf-8", "replace")
    try:
        return json.loads(text)
    except ValueError:
        return dict(parse_qsl(text, keep_blank_values=True))


def _members(data: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(data, list):
        for one in data:
            yield from _members(one)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key), value
            yield from _members(value)


def _without(request: Request, spoil: Callable[[str], str] | None) -> bytes:
    data = _body(request)
    if not any(FIELD.search(key) and isinstance(value, str) for key, value in _members(data)):
        return request.body

    def kept(value: Any) -> Any:
        if isinstance(value, list):
            return [kept(one) for one in value]
        if not isinstance(value, dict):
            return value
        found = {}
        for key, inner in value.items():
            if not (FIELD.search(str(key)) and isinstance(inner, str)):
                found[key] = kept(inner)
            elif spoil is not None:
                found[key] = spoil(inner)
        return found

    changed = kept(data)
    if "json" in request.header("content-type") or request.body.lstrip()[:1] in (b"{", b"["):
        return json.dumps(changed).encode()
    return urlencode(changed).encode()
