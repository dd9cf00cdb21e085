"""smtplib and Django's mail: each failure of a real server, beside the one that is injected."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pytest_prodready.tcp_proxy import TcpProxy

from .conftest import Bench
from .live import Pair, compare, outcome
from .test_smtp import Relay, message

SECONDS = 0.1


class Smtp:
    """One connection."""

    def __init__(self, proxy: TcpProxy) -> None:
        self.place = proxy.host, proxy.port
        self.smtp: Any = None

    def connect(self) -> Any:
        self.smtp = smtplib.SMTP(*self.place, timeout=SECONDS)

    def send(self, to: str) -> Any:
        return self.smtp.send_message(message(to))

    def state(self) -> Any:
        return {"connected": self.smtp is not None and self.smtp.sock is not None}

    def close(self) -> None:
        if self.smtp is not None:
            self.smtp.close()


class Django(Smtp):
    """Django's backend, which lets smtplib's errors through: a message is one call, whether it connects or not."""

    def connect(self) -> Any:
        from django.conf import settings
        from django.core.mail.backends.smtp import EmailBackend

        if not settings.configured:
            settings.configure(DEFAULT_CHARSET="utf-8")
        self.smtp = EmailBackend(*self.place, username="", password="", use_tls=False, timeout=SECONDS)

    def send(self, to: str) -> Any:
        from django.core.mail import EmailMessage

        return self.smtp.send_messages([EmailMessage("hi", "hello", "me@example.org", [to])])

    def state(self) -> Any:
        return {"connected": self.smtp.connection is not None}


CLIENTS: dict[str, type[Smtp]] = {"smtplib": Smtp, "django.core.mail": Django}


# ---------------------------------------------------------------------------------------------------------- causes
@contextmanager
def nothing(proxy: TcpProxy) -> Iterator[None]:
    yield


FORMS: dict[tuple[str, str], tuple[str, Callable[[TcpProxy], Any]]] = {
    ("mail.connection-refused", "connect"): ("nobody listens", lambda proxy: proxy.refuse()),
    ("mail.timeout", "connect"): ("the accept queue is full", nothing),
    ("mail.timeout", "send"): ("the server says nothing to a message", lambda proxy: proxy.stall(match=b"mail ")),
    ("mail.recipient-rejected", "send"): ("550 to every recipient", nothing),
}
WHOLE: dict[tuple[str, str], tuple[str, Callable[[TcpProxy], Any]]] = {
    (fault, "deliver"): FORMS[fault, kind]
    for fault, kind in (
        ("mail.connection-refused", "connect"),
        ("mail.timeout", "send"),
        ("mail.recipient-rejected", "send"),
    )
}
PAIRS = {Pair("smtplib", *form): said for form, said in FORMS.items()}
PAIRS |= {Pair("django.core.mail", *form): said for form, said in WHOLE.items()}


# ----------------------------------------------------------------------------------------------------------- tests
def act(client: Smtp, kind: str, to: str, trouble: Any) -> dict[str, Any]:
    try:
        if kind == "connect":
            with trouble:
                raised = outcome(client.connect)
        else:
            client.connect()
            with trouble:
                raised = outcome(lambda: client.send(to))
        return {
            "raised": raised, "state": outcome(client.state),
            "next": outcome(lambda: client.send("ann@example.org")) if kind != "connect" else None,
        }  # fmt: skip
    finally:
        client.close()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(
    bench: Bench, pair: Pair, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    relay = Relay()
    proxy = TcpProxy("127.0.0.1", relay.port)
    made, to = (
        CLIENTS[pair.client],
        "nobody@example.org" if pair.fault == "mail.recipient-rejected" else "bob@example.org",
    )
    try:
        seen = []
        for trouble in (PAIRS[pair][1](proxy), bench.fault(pair.fault, at=lambda call: call.kind == pair.kind)):
            client = made(proxy)
            if pair[1:] == ("mail.timeout", "connect"):
                client.place = "127.0.0.1", request.getfixturevalue("full_port")
            seen.append(act(client, pair.kind, to, trouble))
        assert bench.struck, "it did not strike"
        compare(pair, *seen, record_property)
    finally:
        proxy.close()
        relay.socket.close()
