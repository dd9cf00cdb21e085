import functools

import requests
from flask import Flask

app = Flask(__name__)


class QuoteSession(requests.Session):
    def request(self, method, url, **options):
        options.setdefault("timeout", (3, 30))
        return super().request(method, f"https://quotes.example{url}", **options)


@functools.cache
def session():
    return QuoteSession()


@app.errorhandler(requests.RequestException)
def no_quote(exc):
    app.logger.warning("no quote: %s", type(exc).__name__)
    return {"text": None}, 502


@app.get("/quote")
def quote():
    reply = session().get("/today")
    reply.raise_for_status()
    today = reply.json()
    text = today.get("text") if isinstance(today, dict) else None
    if not isinstance(text, str):
        app.logger.warning("no quote: nonsense")
        return {"text": None}, 502
    return {"text": text}
