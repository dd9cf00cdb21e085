"""The HTTP server: reads a request, sends what the provider says, or fails as it is told."""

from __future__ import annotations

import json
import selectors
import socket
import socketserver
import struct
import threading
from collections.abc import Callable
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from . import failures
from .messages import Answer, Request
from .stripe import decode
from .waiting import Waiting

#: Seconds that a connection is kept without an answer, for a client that waits where `Waiting` does not reach.
PATIENCE = 0.2
POLL = 0.01  # seconds until the server sees that it is to stop
Serve = Callable[[Request], tuple[Answer, str]]


class Server(ThreadingHTTPServer):
    """Listens on a free port of loopback until it is stopped.

    Args:
        serve: gives the answer to a request, and how it goes out (see `failures.Failure.how`).
        passed: is told of seconds that a client did not have to wait.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, serve: Serve, passed: Callable[[float], None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.serve = serve
        self.waiting = Waiting(self.server_port, passed)
        self._thread = threading.Thread(
            target=self.serve_forever, args=(POLL,), daemon=True, name="prodready-payment-api"
        )
        self._thread.start()

    def server_bind(self) -> None:
        """As HTTPServer's, which asks for the name of the host: no look-up, please."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[0], self.server_address[1]  # type: ignore[assignment]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is nothing to print."""

    def stop(self) -> None:
        self.waiting.uninstall()
        self.shutdown()
        self.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30  # of a client that sends half a request

    def version_string(self) -> str:
        return "payment-api"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on stderr: it would be the test's."""

    def do_GET(self) -> None:
        self.close_connection = True
        answer, how = self.server.serve(self._read())
        if how == failures.HOLD:
            self._hold()
        elif how == failures.RESET:
            self._reset()
        else:
            self._send(answer, len(answer.body) // 2 if how == failures.CUT else len(answer.body))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def _read(self) -> Request:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        is_json = "json" in self.headers.get("Content-Type", "").lower()
        params: Any = {**decode(url.query), **({} if is_json else decode(body.decode("utf-8", "replace")))}
        if is_json:
            try:
                sent = json.loads(body, parse_float=Decimal)
            except ValueError:
                sent = None
            params |= sent if isinstance(sent, dict) else {}
        return Request(self.command, url.path.rstrip("/") or "/", params, dict(self.headers), body, is_json)

    def _send(self, answer: Answer, length: int) -> None:
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(answer.body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body[:length])

    def _hold(self) -> None:
        """No answer: until the client gives up, or for as long as our patience lasts."""
        port = self.client_address[1]
        self.server.waiting.in_vain.add(port)
        try:
            with selectors.DefaultSelector() as selector:
                selector.register(self.connection, selectors.EVENT_READ)
                selector.select(PATIENCE)
        finally:
            self.server.waiting.in_vain.discard(port)
        self._reset()

    def _reset(self) -> None:
        """Not even a good-bye."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.rfile.close()  # it would keep the socket open
        self.connection.close()
