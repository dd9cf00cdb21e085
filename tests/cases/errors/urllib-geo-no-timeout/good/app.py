import json
import logging
import socket
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

from flask import Flask, jsonify, request

log = logging.getLogger(__name__)
socket.setdefaulttimeout(8)


def locate(city):
    query = urllib.parse.urlencode({"q": city, "format": "json"})
    with urllib.request.urlopen(f"https://geo.example/search?{query}") as response:
        hits = json.load(response)
    return {"lat": float(hits[0]["lat"]), "lon": float(hits[0]["lon"])}


def create_app():
    app = Flask(__name__)

    @app.get("/where")
    def where():
        city = request.args.get("city", "")
        if not 0 < len(city) <= 80:
            return jsonify(error="which city?"), 400
        try:
            return jsonify(locate(city))
        except (OSError, HTTPException) as exc:
            log.error("geo: %s", exc)
            return jsonify(error="no answer from the map"), 502
        except (KeyError, IndexError, TypeError, ValueError):
            return jsonify(error="unknown city"), 404

    return app
