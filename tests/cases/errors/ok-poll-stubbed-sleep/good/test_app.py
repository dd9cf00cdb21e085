import time

import pytest
import responses

from app import wait_for_scan

URL = "https://scans.example/s1"


@pytest.fixture(autouse=True)
def no_sleep(monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)


@responses.activate
def test_scan():
    responses.get(URL, json={"state": "running"})
    responses.get(URL, json={"state": "clean"})
    assert wait_for_scan("s1") == "clean"
