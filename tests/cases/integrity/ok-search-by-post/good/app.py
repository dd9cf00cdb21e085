import httpx
from flask import Flask, abort, request

app = Flask(__name__)


@app.get("/search")
def search():
    words = request.args.get("q", "")
    if not 0 < len(words) <= 80:
        abort(400)
    try:
        reply = httpx.post("https://search.example/articles/_search", json={"match": words, "size": 20}, timeout=2)
        reply.raise_for_status()
        titles = [hit["title"] for hit in reply.json()["hits"] if isinstance(hit.get("title"), str)]
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError) as exc:
        app.logger.warning("search is down: %s", type(exc).__name__)
        return {"hits": [], "complete": False}
    return {"hits": titles, "complete": True}
