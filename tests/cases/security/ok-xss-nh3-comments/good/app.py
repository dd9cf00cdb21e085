"""Comments in a little HTML: nh3 leaves what is harmless of it."""

import nh3
from flask import Flask, abort, redirect, render_template_string, request
from markupsafe import Markup, escape

PAGE = "<!doctype html><title>{{ title }}</title><ul>{% for c in comments %}<li>{{ c }}</li>{% endfor %}</ul>"


class Comments:
    def __init__(self):
        self.kept = []

    def add(self, author, text):
        clean = nh3.clean(text, tags={"b", "i", "a", "p"}, attributes={"a": {"href"}}, url_schemes={"https"})
        self.kept.append(Markup("<b>%s</b>: ") % author + Markup(clean))


def create_app():
    app = Flask(__name__)
    comments = Comments()

    @app.post("/comments")
    def add():
        comments.add(request.form.get("author", ""), request.form.get("text", ""))
        return redirect("/comments", 303)

    @app.get("/comments")
    def show():
        return render_template_string(PAGE, title=request.args.get("title", "Comments"), comments=comments.kept)

    @app.get("/hello/<name>")
    def hello(name):
        if len(name) > 80:
            abort(404)
        return f"<p title='{escape(name)}'>Hello {escape(name)}</p>"

    return app
