from functools import lru_cache

import httpx
from flask import Flask, jsonify
from sqlalchemy import create_engine, text
from sqlalchemy.pool import StaticPool

app = Flask(__name__)
_client = None


@lru_cache(maxsize=1)
def engine():
    return create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})


def client():
    global _client
    if _client is None:
        _client = httpx.Client(base_url="https://rates.example", timeout=5)
    return _client


@app.get("/rates/<currency>")
def rate(currency):
    reply = client().get(f"/{currency}")
    with engine().begin() as conn:
        number = conn.execute(text("SELECT 1")).scalar()
    return jsonify(reply.json() * number)
