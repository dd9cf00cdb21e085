import logging

import httpx
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

log = logging.getLogger("quotes")
app = FastAPI()
EXCHANGE = "https://exchange.example/quotes"


async def quote(symbol):
    async with httpx.AsyncClient(timeout=2) as client:
        reply = await client.get(f"{EXCHANGE}/{symbol}")
    reply.raise_for_status()
    return reply.json()["price"]


@app.websocket("/quotes")
async def quotes(socket: WebSocket):
    await socket.accept()
    try:
        while True:
            symbol = await socket.receive_text()
            price = await quote(symbol)
            await socket.send_json({"symbol": symbol, "price": price})
    except WebSocketDisconnect:
        log.info("gone")
