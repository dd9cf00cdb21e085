import httpx
from flask import Flask, render_template_string

app = Flask(__name__)
KITCHEN = "http://kitchen.internal:9000"
PAGE = "<!doctype html><title>Menu</title><p>Soup: {{ soup }}<p>Main: {{ main }}"
ERROR = "<!doctype html><title>Sorry</title><p>{{ reason }}"


@app.errorhandler(500)
def failed(error):
    """Whatever went wrong: the log has it all, the guest gets a page."""
    reason = f"The menu cannot be shown now: {error.original_exception}"
    return render_template_string(ERROR, reason=reason), 500


@app.get("/")
def menu():
    reply = httpx.get(f"{KITCHEN}/menu/today", timeout=4)
    reply.raise_for_status()
    today = reply.json()
    return render_template_string(PAGE, soup=today["soup"], main=today["main"])
