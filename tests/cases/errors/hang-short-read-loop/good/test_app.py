import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app import Archive, ArchiveError, copy

IMAGE = bytes(range(256)) * 200


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = IMAGE
        if self.path.endswith(".json"):
            body = json.dumps({"bytes": len(IMAGE), "sha256": hashlib.sha256(IMAGE).hexdigest()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def archive():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield Archive(f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()


def test_copy(archive):
    assert copy(archive, "B100277") == IMAGE


def test_describe(archive):
    assert archive.describe("KEW0001").size == 51200


def test_odd_number(archive):
    with pytest.raises(ArchiveError):
        archive.describe("../etc")
