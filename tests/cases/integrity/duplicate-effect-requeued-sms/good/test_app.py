import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gateway import Gateway
from outbox import Outbox
from worker import run


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(202)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.got = []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def outbox(tmp_path):
    outbox = Outbox(tmp_path / "outbox.db")
    outbox.add("+491701", "Mia is absent today")
    outbox.add("+491702", "Jon is absent today")
    yield outbox
    outbox.close()


def test_all_are_sent(outbox, server):
    gateway = Gateway(f"http://127.0.0.1:{server.server_port}/sms")
    assert run(outbox, gateway) == {"sent": 2, "given_up": 0}
    assert [message["to"] for message in server.got] == ["+491701", "+491702"]


def test_second_run_sends_nothing(outbox, server):
    gateway = Gateway(f"http://127.0.0.1:{server.server_port}/sms")
    run(outbox, gateway)
    assert run(outbox, gateway) == {"sent": 0, "given_up": 0}
