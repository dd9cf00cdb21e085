"""smtplib and Django's mail: what is observed, and that an injected failure cannot be told from the real one."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import MagicMock, patch

import pytest

from .conftest import Bench


class Relay:
    """A mail server on loopback that knows nobody called `nobody`; it may fall silent instead of taking a message."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]
        self.silent = False
        self.messages: list[bytes] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rwb") as file:

            def say(line: bytes) -> None:
                file.write(line + b"\r\n")
                file.flush()

            say(b"220 relay")
            for line in file:
                verb = line[:4].upper()
                if verb == b"MAIL" and self.silent:
                    continue
                if verb == b"QUIT":
                    return say(b"221 bye")
                if verb == b"RCPT" and b"nobody" in line:
                    say(b"550 5.1.1 Recipient address rejected: User unknown in local recipient table")
                elif verb == b"DATA":
                    say(b"354 go ahead")
                    self.messages.append(b"".join(iter(file.readline, b".\r\n")))
                    say(b"250 taken")
                else:
                    say(b"250 fine")


@pytest.fixture
def relay() -> Iterator[Relay]:
    relay = Relay()
    yield relay
    relay.socket.close()


def message(to: str = "ann@example.org") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = "me@example.org", to
    mail.set_content("hello")
    return mail


def same(injected: BaseException, real: BaseException) -> None:
    assert (type(injected), injected.args) == (type(real), real.args)


def raised(act: Callable[[], Any]) -> BaseException:
    with pytest.raises(OSError) as caught:  # noqa: PT011
        act()
    return caught.value


def test_two_calls_are_recorded(bench: Bench, relay: Relay) -> None:
    with smtplib.SMTP("127.0.0.1", relay.port, timeout=4) as smtp:
        smtp.send_message(message())
        smtp.sendmail("me@example.org", ["bob@example.org"], "hi")
    connect, first, second = bench.calls
    assert (connect.seam, connect.family, connect.kind) == ("smtplib", "mail", "connect")
    assert (connect.timeout, connect.waits_for_ever, connect.effect) == (4.0, False, False)
    assert (first.kind, first.effect, first.operation) == ("send", True, second.operation)
    assert len(relay.messages) == 2


def test_no_time_out(bench: Bench, relay: Relay) -> None:
    smtplib.SMTP("127.0.0.1", relay.port).close()
    assert bench.calls[0].waits_for_ever


def test_refused(bench: Bench, closed_port: int) -> None:
    real = raised(lambda: smtplib.SMTP("127.0.0.1", closed_port, timeout=2))
    same(bench.struck_by("mail.connection-refused", lambda: smtplib.SMTP("127.0.0.1", closed_port, timeout=2)), real)


def test_silent(bench: Bench, relay: Relay) -> None:
    relay.silent = True
    smtp = smtplib.SMTP("127.0.0.1", relay.port, timeout=0.2)
    real = raised(lambda: smtp.send_message(message()))
    assert smtp.sock is None
    relay.silent = False
    smtp = smtplib.SMTP("127.0.0.1", relay.port, timeout=0.2)
    with bench.fault("mail.timeout", at=lambda call: call.kind == "send"):
        same(raised(lambda: smtp.send_message(message())), real)
    assert smtp.sock is None
    assert bench.clock.passed == [0.2]


def test_unknown_recipient(bench: Bench, relay: Relay) -> None:
    with smtplib.SMTP("127.0.0.1", relay.port, timeout=2) as smtp:
        real = raised(lambda: smtp.send_message(message("nobody@example.org")))
        injected = bench.struck_by("mail.recipient-rejected", lambda: smtp.send_message(message("nobody@example.org")))
        same(injected, real)
        smtp.send_message(message())  # the connection goes on


# ---------------------------------------------------------------------- stand-ins
class Fake:
    """What a test writes in place of SMTP."""

    def __init__(self, host: str, port: int = 0, timeout: float | None = None) -> None:
        self.host = host

    def __enter__(self) -> Fake:
        return self

    def __exit__(self, *exc: object) -> None: ...

    def send_message(self, msg: Any) -> None:
        self.last = msg


@pytest.mark.parametrize("how", ["mock", "autospec", "module", "class", "function"])
def test_stand_ins(bench: Bench, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    app: Any = ModuleType("app")
    app.smtplib = smtplib
    patcher: Any = None
    if how == "mock":
        patcher = patch("smtplib.SMTP")
    elif how == "autospec":
        patcher = patch("smtplib.SMTP", autospec=True)
    elif how == "module":
        patcher = patch.object(app, "smtplib", MagicMock())
    elif how == "class":
        monkeypatch.setattr(smtplib, "SMTP", type("Mine", (Fake,), {"__init__": lambda s, h, p=0, timeout=None: None}))
    else:
        double = SimpleNamespace(send_message=lambda msg: None, quit=lambda: None)
        monkeypatch.setattr(smtplib, "SMTP", lambda host, port=0, timeout=None: double)

    def send() -> None:
        smtp = app.smtplib.SMTP("relay.example.org", timeout=3)
        if how in ("mock", "module"):
            with smtp as inner:
                inner.send_message(message())
        else:
            smtp.send_message(message())

    if patcher is not None:
        patcher.start()
    try:
        send()
        assert isinstance(bench.struck_by("mail.connection-refused", send), ConnectionRefusedError)
        rejected = bench.struck_by("mail.recipient-rejected", send)
    finally:
        if patcher is not None:
            patcher.stop()
    assert isinstance(rejected, smtplib.SMTPRecipientsRefused)
    assert list(rejected.recipients) == ["ann@example.org"]
    assert [call.kind for call in bench.calls] == ["connect", "send", "connect", "connect", "send"]
    assert {call.operation for call in bench.calls} == {"connect relay.example.org", "send by relay.example.org"}
    assert bench.calls[0].timeout == 3.0


class Outbox(smtplib.SMTP):
    """A test's own class, made of the real one."""

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        return 220, b"hello"

    def send_message(self, msg: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {}


@pytest.mark.parametrize("timeout", [None, 3.0])
def test_a_class_made_of_the_real_one(bench: Bench, monkeypatch: pytest.MonkeyPatch, timeout: float | None) -> None:
    monkeypatch.setattr(smtplib, "SMTP", Outbox)
    smtplib.SMTP("relay.example.org", timeout=timeout).send_message(message())
    connect, send = bench.calls
    assert (connect.timeout, connect.waits_for_ever, send.kind) == (timeout, timeout is None, "send")


def test_a_method_whose_constructor_nobody_saw(bench: Bench) -> None:
    smtp = smtplib.SMTP(timeout=None)
    with patch.object(smtplib.SMTP, "connect", return_value=(220, b"hello")):
        smtp.connect("relay.example.org")
    with patch.object(smtplib.SMTP, "connect", autospec=True, return_value=(220, b"hello")):
        smtp.connect("relay.example.org")
    assert [call.waits_for_ever for call in bench.calls] == [None, True]


# ---------------------------------------------------------------------- Django
def test_django(bench: Bench) -> None:
    from django.conf import settings

    if not settings.configured:
        settings.configure(DEFAULT_CHARSET="utf-8")
    from django.core import mail
    from django.core.mail.backends.locmem import EmailBackend

    mail.outbox = []

    def send(silently: bool = False) -> Any:
        backend = EmailBackend(fail_silently=silently)
        return mail.send_mail("Hi", "there", "me@example.org", ["ann@example.org"], connection=backend)

    assert send() == 1
    assert isinstance(bench.struck_by("mail.connection-refused", send), ConnectionRefusedError)
    rejected = bench.struck_by("mail.recipient-rejected", send)
    assert isinstance(rejected, smtplib.SMTPRecipientsRefused)
    assert len(mail.outbox) == 1
    assert [(call.kind, call.effect, call.failable) for call in bench.calls] == [("deliver", True, True)] * 3
    with bench.fault("mail.connection-refused"):
        assert send(silently=True) == 0  # the mail is lost all the same
    assert len(mail.outbox) == 1
    assert bench.calls[-1].failable
