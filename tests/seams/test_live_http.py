"""Every HTTP client: each failure of a real server or network, beside the one that is injected."""

from __future__ import annotations

import asyncio
import datetime
import http.client
import ipaddress
import socket
import ssl
import struct
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import urllib3

from pytest_prodready.faults import built_in_drivers
from pytest_prodready.faults.drivers import _replies as replies
from pytest_prodready.faults.http import FAULTS
from pytest_prodready.seams import Seams
from pytest_prodready.seams import aiohttp_client as aiohttp_seam
from pytest_prodready.seams import botocore as botocore_seam

from .conftest import JSON, Bench
from .live import Pair, compare, outcome

SECONDS = 0.2
BY_NAME = {fault.name: fault for fault in FAULTS}


# ------------------------------------------------------------------------------------------ a server that misbehaves
class Server:
    """HTTP/1.1 on loopback, encrypted or not; `mode` is the fault that it shows, and connections are kept alive."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.socket, self.context, self.mode = socket.create_server(("127.0.0.1", 0)), context, ""
        scheme = "https" if context else "http"
        self.base = f"{scheme}://127.0.0.1:{self.socket.getsockname()[1]}"
        self.url = f"{self.base}/v1/orders"
        self.over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                wire = self.socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        try:
            if self.context is not None:
                wire = self.context.wrap_socket(wire, server_side=True)
            with wire:
                while self._read(wire) and self._answer(wire):
                    pass
        except OSError:
            return

    def _read(self, wire: socket.socket) -> bytes:
        head = b""
        while b"\r\n\r\n" not in head:
            part = wire.recv(65536)
            if not part:
                return b""
            head += part
        return head

    def _once(self) -> None:
        """All is well again after a failure that is transient."""
        if not BY_NAME[self.mode].outage and self.mode != "http.redirect-loop":
            self.mode = ""

    def _answer(self, wire: socket.socket) -> bool:
        """Whether the connection goes on."""
        if self.mode == "http.connection-reset":
            self._once()
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if self.mode == "http.read-timeout":
            self._once()
            self.over.wait(2)
            return False
        if self.mode in replies.ANSWERS:
            found = replies.answer(BY_NAME[self.mode], self.url)
            self._once()
            wire.sendall(message(found.status, found.reason, *found.headers, body=found.body))
            return False
        answer = message(200, "OK", ("Content-Type", "application/json"), ("Content-Length", str(len(JSON))), body=JSON)
        whole = self.mode != "http.truncated-body"
        if not whole:
            self._once()
        wire.sendall(answer if whole else answer[: -len(JSON) // 2])
        return whole

    def close(self) -> None:
        self.over.set()
        self.socket.close()


def message(status: int, reason: str, *headers: tuple[str, str], body: bytes) -> bytes:
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in headers), "", ""]
    return "\r\n".join(lines).encode() + body


# ---------------------------------------------------------------------------------------------------------- clients
def told(status: int, reason: str | None, headers: Any, body: Any, judged: Callable[[], Any]) -> dict[str, Any]:
    """An answer as a client has it."""
    fields = sorted((name.lower(), value) for name, value in headers)
    judgement = outcome(lambda: judged() and None)
    return {"reply": status, "reason": reason, "headers": fields, "body": body, "judged": judgement}


class Client:
    """One client, which may keep its connections."""

    def get(self, url: str) -> Any: ...

    def close(self) -> None: ...


class Requests(Client):
    def __init__(self) -> None:
        self.session = requests.Session()

    def get(self, url: str) -> Any:
        found = self.session.get(url, timeout=SECONDS)
        return told(found.status_code, found.reason, found.headers.items(), found.text, found.raise_for_status)

    def close(self) -> None:
        self.session.close()


class Httpx(Client):
    def __init__(self) -> None:
        self.client = httpx.Client(timeout=SECONDS, follow_redirects=True)

    def get(self, url: str) -> Any:
        found = self.client.get(url)
        return told(found.status_code, found.reason_phrase, found.headers.items(), found.text, found.raise_for_status)

    def close(self) -> None:
        self.client.close()


class Running(Client):
    """An asynchronous one, which runs its loop request by request."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()

        async def main() -> None:
            self.client = self.make()

        self.runner.run(main())

    def make(self) -> Any: ...

    async def ask(self, url: str) -> Any: ...

    async def end(self) -> None: ...

    def get(self, url: str) -> Any:
        return self.runner.run(self.ask(url))

    def close(self) -> None:
        self.runner.run(self.end())
        self.runner.close()


class HttpxAsync(Running):
    def make(self) -> Any:
        return httpx.AsyncClient(timeout=SECONDS, follow_redirects=True)

    async def ask(self, url: str) -> Any:
        found = await self.client.get(url)
        return told(found.status_code, found.reason_phrase, found.headers.items(), found.text, found.raise_for_status)

    async def end(self) -> None:
        await self.client.aclose()


class Aiohttp(Running):
    def make(self) -> Any:
        limits = aiohttp.ClientTimeout(sock_read=SECONDS, sock_connect=SECONDS)
        trust = aiohttp.TCPConnector(ssl=ssl.create_default_context())  # its own was made when it was imported
        return aiohttp.ClientSession(timeout=limits, connector=trust)

    async def ask(self, url: str) -> Any:
        async with self.client.get(url) as found:
            body = await found.text()
            return told(found.status, found.reason, found.headers.items(), body, found.raise_for_status)

    async def end(self) -> None:
        await self.client.close()


class Urllib3(Client):
    retries: Any = False

    def __init__(self) -> None:
        self.pool = urllib3.PoolManager(retries=self.retries)

    def get(self, url: str) -> Any:
        found = self.pool.request("GET", url, timeout=SECONDS)
        return told(found.status, found.reason, found.headers.items(), found.data, lambda: None)

    def close(self) -> None:
        self.pool.clear()


class Urllib3Retries(Urllib3):
    retries = None


class Urllib(Client):
    def get(self, url: str) -> Any:
        try:
            with urllib.request.urlopen(url, timeout=SECONDS) as found:
                return told(found.status, found.reason, found.headers.items(), found.read(), lambda: None)
        except urllib.error.HTTPError as exc:
            exc.body = exc.read()  # type: ignore[attr-defined]
            raise


class HttpClient(Client):
    def __init__(self) -> None:
        self.conn: Any = None

    def get(self, url: str) -> Any:
        scheme, _, rest = url.partition("://")
        host, _, path = rest.partition("/")
        if self.conn is None:
            made = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
            self.conn = made(host, timeout=SECONDS)
        self.conn.request("GET", f"/{path}")
        found = self.conn.getresponse()
        return told(found.status, found.reason, found.headers.items(), found.read(), lambda: None)

    def close(self) -> None:
        if self.conn is not None:
            self.conn.close()


class Botocore(Client):
    """S3, asked once."""

    def get(self, url: str) -> Any:
        import boto3
        from botocore.config import Config

        config = Config(read_timeout=SECONDS, connect_timeout=SECONDS, retries={"total_max_attempts": 1})
        client = boto3.client(
            "s3", region_name="eu-west-1", endpoint_url=url, config=config,
            aws_access_key_id="testing", aws_secret_access_key="testing",
        )  # fmt: skip
        return {"reply": sorted(client.list_buckets())}


CLIENTS: dict[str, tuple[str, type[Client]]] = {
    "requests": ("requests", Requests),
    "httpx": ("httpx", Httpx),
    "httpx (async)": ("httpx", HttpxAsync),
    "aiohttp": ("aiohttp", Aiohttp),
    "urllib3": ("urllib3", Urllib3),
    "urllib3 (default retries)": ("urllib3", Urllib3Retries),
    "urllib": ("urllib", Urllib),
    "http.client": ("http.client", HttpClient),
    "botocore": ("botocore", Botocore),
}
FORMS = {
    "http.connection-refused": "nobody listens",
    "http.dns-failure": "the name does not exist",
    "http.connect-timeout": "the accept queue is full",
    "http.read-timeout": "the server says nothing",
    "http.connection-reset": "the connection is reset (RST) before the answer",
    "http.truncated-body": "the connection ends (FIN) in the middle of the body",
    "http.tls-failure": "the certificate has expired",
    "http.server-error": "500 with a page",
    "http.unavailable": "503 with `Retry-After`",
    "http.rate-limited": "429 with `Retry-After`",
    "http.unauthorized": "401",
    "http.redirect-loop": "302 to where it came from",
}
DRIVERS = {seam: driver for driver in built_in_drivers() for seam in driver.seams}
PAIRS = {
    Pair(name, fault, "request"): FORMS[fault]
    for name, (seam, _) in CLIENTS.items()
    for fault in FORMS
    if DRIVERS[seam].form(BY_NAME[fault], "request") is not None
}


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    seams = Seams([aiohttp_seam.SEAM, botocore_seam.SEAM])
    seams.install()
    with pytest.MonkeyPatch.context() as patch:  # put back while the seams still see it
        patch.setattr(time, "sleep", bench.clock.advance)
        yield
    seams.uninstall()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Of an authority that is valid, and of a server whose certificate has expired: certificate, certificate, key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    day, now = datetime.timedelta(days=1), datetime.datetime.now(datetime.UTC)
    keys = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)]) for text in ("live CA", "live")]
    made = []
    for number, ends in ((0, now + day), (1, now - day)):
        builder = x509.CertificateBuilder(
            names[0], names[number], keys[number].public_key(), number + 1, now - 9 * day, ends
        )
        if number == 0:
            builder = builder.add_extension(x509.BasicConstraints(True, None), True)
        else:
            address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
            builder = builder.add_extension(x509.SubjectAlternativeName([address]), False)
        made.append(builder.sign(keys[0], hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    key = keys[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    folder = tmp_path_factory.mktemp("tls")
    paths = folder / "ca.pem", folder / "server.pem", folder / "key.pem"
    for path, content in zip(paths, (*made, key), strict=True):
        path.write_bytes(content)
    return paths


@pytest.fixture
def server(request: pytest.FixtureRequest, pair: Pair, seams: None) -> Iterator[Server]:
    context, patch = None, pytest.MonkeyPatch()
    if pair.fault == "http.tls-failure":
        ca, certificate, key = request.getfixturevalue("authority")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "AWS_CA_BUNDLE"):
            patch.setenv(name, str(ca))
    server = Server(context)
    yield server
    server.close()
    patch.undo()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(
    bench: Bench, server: Server, pair: Pair, request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:  # fmt: skip
    url, seen = server.url, []
    if pair.fault == "http.connection-refused":
        url = f"http://127.0.0.1:{request.getfixturevalue('closed_port')}/v1/orders"
    elif pair.fault == "http.connect-timeout":
        url = f"http://127.0.0.1:{request.getfixturevalue('full_port')}/v1/orders"
    elif pair.fault == "http.dns-failure":
        url = "http://nosuchhost.invalid/v1/orders"
    for mode in (pair.fault, ""):
        client = CLIENTS[pair.client][1]()
        try:
            if mode:
                server.mode = mode
                raised = outcome(lambda: client.get(url))  # noqa: B023
                server.mode = ""
            else:
                with bench.fault(pair.fault):
                    raised = outcome(lambda: client.get(url))  # noqa: B023
                assert bench.struck, "it did not strike"
            seen.append({"raised": raised, "next": outcome(lambda: client.get(server.url))})  # noqa: B023
        finally:
            client.close()
    compare(pair, *seen, record_property)
