import re

import requests
from flask import Flask, abort, render_template_string, request

app = Flask(__name__)
UP = "<!doctype html><title>Check</title><p>{{ site }} is {{ state }}</p>"
SORRY = "<!doctype html><title>Sorry</title><p>Whether {{ site }} is up cannot be told now ({{ code }}).</p>"


@app.get("/check")
def check():
    site = request.args.get("site", "")
    if not re.fullmatch(r"[a-z0-9.-]{4,60}", site):
        abort(400)
    try:
        reply = requests.get("https://checker.example/check", params={"site": site}, timeout=(2, 8))
        reply.raise_for_status()
        state = "up" if reply.json()["reachable"] is True else "down"
    except requests.HTTPError as exc:
        app.logger.warning("checker: %s", exc)
        return render_template_string(SORRY, site=site, code=exc.response.status_code), 502
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        app.logger.warning("checker: %s", exc)
        return render_template_string(SORRY, site=site, code="no answer"), 502
    return render_template_string(UP, site=site, state=state)
