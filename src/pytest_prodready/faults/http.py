"""Outgoing HTTP: the family `http` of DESIGN section 4."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from ..observation import Sighting
from . import Fault

REQUEST = frozenset({"request"})


def _named_host(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """A host that is an address needs no name resolution."""
    try:
        ipaddress.ip_address(sighting.target.strip("[]"))
    except ValueError:
        return [""] if sighting.target else []
    return []


def _encrypted(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    return [""] if urlsplit(sighting.statement).scheme.lower() == "https" else []


def _with_body(sighting: Sighting, words: Callable[[str], bool]) -> list[str]:
    """A client that reads a body only when it is asked to does not miss what nobody reads."""
    unread = sighting.seam == "aiohttp" and sighting.reply is None
    return [] if unread or sighting.point.operation.startswith("HEAD ") else [""]


def _unsafe_first(sighting: Sighting) -> int:
    return 5 if sighting.effect else 10


FAULTS = [
    Fault(
        "http.connection-refused",
        "nobody listens at the other end",
        "the service restarts, is being deployed or has crashed",
        REQUEST,
        2,
        outage=True,
    ),
    Fault(
        "http.unavailable",
        "503 with Retry-After: 120, for this and all later calls",
        "maintenance, overload, a load balancer without a healthy server behind it",
        REQUEST,
        4,
        outage=True,
    ),
    Fault(
        "http.read-timeout",
        "the request was served, its answer did not come in time",
        "a slow query or a long queue behind the service; what was asked for may have been done",
        REQUEST,
        5,
        after=True,
        order_for=_unsafe_first,
    ),
    Fault(
        "http.dns-failure",
        "the host's name cannot be resolved",
        "a resolver that is down, an expired domain, a private zone that is not reachable",
        REQUEST,
        8,
        variants=_named_host,
    ),
    Fault(
        "http.connect-timeout",
        "the connection is not accepted in time",
        "a full accept queue, a firewall that drops packets",
        REQUEST,
        8,
    ),
    Fault(
        "http.connection-reset",
        "the connection is reset before the answer",
        "the service was killed, a proxy gave up an idle connection",
        REQUEST,
        8,
    ),
    Fault(
        "http.server-error",
        "500 with a page of HTML",
        "a defect in the service, a bad deployment",
        REQUEST,
        8,
    ),
    Fault(
        "http.truncated-body",
        "the request was served, the connection was lost in the middle of the answer",
        "the service was killed while it answered",
        REQUEST,
        8,
        after=True,
        variants=_with_body,
    ),
    Fault(
        "http.tls-failure",
        "the certificate is not valid",
        "an expired certificate, a missing intermediate one",
        REQUEST,
        8,
        variants=_encrypted,
    ),
    Fault(
        "http.redirect-loop",
        "every answer redirects to where it came from",
        "http and https that redirect to each other behind a proxy, a lost session cookie",
        REQUEST,
        8,
    ),
    Fault(
        "http.rate-limited",
        "429 with Retry-After",
        "more requests than the plan allows, a retry storm",
        REQUEST,
        9,
    ),
    Fault(
        "http.unauthorized",
        "401",
        "a token that expired or was revoked",
        REQUEST,
        9,
    ),
]
