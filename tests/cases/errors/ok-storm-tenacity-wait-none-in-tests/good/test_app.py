import asyncio

import respx
from tenacity import wait_none

import app

app.fetch.retry.wait = wait_none()


@respx.mock
def test_price():
    respx.get("https://prices.example/tea").respond(json={"cents": 250})
    assert asyncio.run(app.price("tea")) == 250
