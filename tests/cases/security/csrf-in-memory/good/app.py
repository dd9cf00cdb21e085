"""Change of address in a customer portal."""
import hmac
import logging
import secrets

from flask import Flask, abort, redirect, render_template_string, request, session

log = logging.getLogger("portal")
FORM = """<!doctype html><form method="post">
<input name="street" value="{{ street }}"><input type="hidden" name="csrf" value="{{ csrf }}"><button>Save</button></form>"""


def token():
    if "csrf" not in session:
        session["csrf"] = secrets.token_hex(16)
    return session["csrf"]


def check_token():
    sent = request.form.get("csrf", "").encode("utf-8", "replace")
    if not hmac.compare_digest(sent, session.get("csrf", "").encode() or b"-"):
        log.warning("form without a valid token")
        abort(403)


def create_app(addresses):
    app = Flask(__name__)
    app.config.update(SECRET_KEY="q" * 32)

    @app.post("/login/<customer>")
    def login(customer):
        if customer not in addresses:
            abort(404)
        session["customer"] = customer
        return "", 204

    @app.get("/address")
    def form():
        if "customer" not in session:
            abort(401)
        return render_template_string(FORM, street=addresses[session["customer"]], csrf=token())

    @app.post("/address")
    def save():
        if "customer" not in session:
            abort(401)
        check_token()
        street = request.form.get("street", "").strip()
        if not street:
            abort(400)
        addresses[session["customer"]] = street
        return redirect("/address", 303)

    return app
