import requests
from flask import Flask, current_app, jsonify
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

BASE = "https://weather.example/api"


def make_session():
    session = requests.Session()
    policy = Retry(total=4, backoff_factor=0.3, status_forcelist=(500, 502, 503, 504), allowed_methods={"GET", "HEAD"})
    session.mount("https://", HTTPAdapter(max_retries=policy))
    return session


session = make_session()
app = Flask(__name__)


@app.get("/forecast/<int:code>")
def forecast(code):
    try:
        reply = session.get(f"{BASE}/places/{code}", timeout=(3, 8))
        reply.raise_for_status()
        days = [{"day": day["date"], "max": day["max"]} for day in reply.json()["days"]]
    except requests.RequestException as exc:
        current_app.logger.warning("weather: %s", type(exc).__name__)
        return jsonify(error="no forecast right now"), 503
    except (KeyError, TypeError):
        current_app.logger.warning("weather: odd answer")
        return jsonify(error="no forecast right now"), 502
    return jsonify(days=days)
