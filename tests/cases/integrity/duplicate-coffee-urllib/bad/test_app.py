import io
import urllib.request

from app import order


def test_order(monkeypatch):
    monkeypatch.setattr(urllib.request, "urlopen", lambda request, timeout: io.BytesIO(b'{"number": 31}'))
    assert order(4) == 31
