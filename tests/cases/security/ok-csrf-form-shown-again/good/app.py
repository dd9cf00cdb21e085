"""A diary. A form without its token is shown again, with a word of why and the status of a page."""
import hmac
import secrets

from flask import Flask, render_template_string, request, session

PAGE = """<form method="post"><p>{{ told }}</p><input name="csrf" type="hidden" value="{{ token }}">
<textarea name="entry">{{ entry }}</textarea></form>"""


def create_app():
    app = Flask(__name__)
    app.secret_key = secrets.token_bytes(32)
    diary = []

    @app.route("/diary", methods=["GET", "POST"])
    def write():
        session.setdefault("user", "visitor")
        token = session.setdefault("csrf", secrets.token_hex(16))
        entry, told = request.form.get("entry", "")[:500], ""
        if request.method == "POST":
            sent = request.form.get("csrf", "")
            if hmac.compare_digest(sent.encode(), token.encode()):
                diary.append(entry)
                entry, told = "", "It is written."
            else:
                told = "The form was too old: please send it again."
        return render_template_string(PAGE, told=told, token=token, entry=entry)

    return app
