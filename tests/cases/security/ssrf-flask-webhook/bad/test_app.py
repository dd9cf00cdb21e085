import ipaddress
import socket

import pytest
import responses

from app import app


def resolve(host, *args, **kwargs):
    try:
        address = str(ipaddress.ip_address(host))
    except ValueError:
        address = "93.184.216.34"
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 0))]


@pytest.fixture(autouse=True)
def names(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", resolve)


@responses.activate
def test_delivered():
    responses.post("https://customer.example/hook", status=204)
    reply = app.test_client().post("/webhook/test", json={"url": "https://customer.example/hook"})
    assert reply.get_json() == {"delivered": True}
