from urllib.parse import urlsplit

from flask import Flask, redirect, request, session

app = Flask(__name__)
app.secret_key = "only-for-tests"
app.config.update(SESSION_COOKIE_SAMESITE="Lax")


def local(target):
    return target


@app.post("/login")
def login():
    session["user"] = request.form["user"]
    return redirect(local(request.form.get("next") or "/"))
