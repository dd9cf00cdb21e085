import io
import urllib.request

import app


def test_total(monkeypatch):
    monkeypatch.setattr(urllib.request, "urlopen", lambda url, timeout: io.BytesIO(b'{"rate": 0.5}'))
    assert app.total([1, 2], "chf") == 1.5
