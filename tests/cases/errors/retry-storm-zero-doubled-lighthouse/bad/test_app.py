import http.server
import threading

import pytest

from visibility import fog_signal, metres

READINGS = {"/lights/1/visibility": b'{"metres": 9000}', "/lights/2/visibility": b'{"metres": 150}'}


class Sensor(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = READINGS[self.path]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def sensor():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sensor)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_metres(sensor):
    assert metres(sensor, 1) == 9000


def test_clear(sensor):
    assert fog_signal(sensor, 1) is False


def test_fog(sensor):
    assert fog_signal(sensor, 2) is True
