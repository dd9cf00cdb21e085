from datetime import datetime, timezone

import httpx
from flask import Flask, jsonify

app = Flask(__name__)
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


class Catalogue:
    url = "https://books.example/new"

    def titles(self, month):
        reply = httpx.get(self.url, params={"month": month}, timeout=5)
        reply.raise_for_status()
        return [str(book["title"]) for book in reply.json()]


def now():
    return datetime.now(tz=timezone.utc)


def coming_month():
    return MONTHS[now().month]


@app.get("/coming")
def coming():
    month = coming_month()
    try:
        titles = Catalogue().titles(month)
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        app.logger.error("no catalogue: %s", type(exc).__name__)
        return jsonify(error="try again later"), 503
    return jsonify(month=month, titles=titles)
