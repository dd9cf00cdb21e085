import logging
import re

import requests
from flask import Flask, abort

app = Flask(__name__)
API = "https://api.weather.example/v2/current"
CITY = re.compile(r"[A-Za-z -]{2,40}")


@app.get("/weather/<city>")
def weather(city):
    if not CITY.fullmatch(city):
        abort(404)
    try:
        reply = requests.get(API, params={"q": city}, timeout=(3, 10))
        reply.raise_for_status()
        current = reply.json()
    except requests.RequestException as exc:
        app.logger.warning("weather service failed: %s", type(exc).__name__)
        return {"error": "weather is unavailable"}, 502
    return {"city": city, "celsius": current["temperature"], "sky": current["sky"]}


if __name__ == "__main__":
    logging.basicConfig()
    app.run()
