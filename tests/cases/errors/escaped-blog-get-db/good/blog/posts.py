import re

from flask import Blueprint, abort, redirect, request, url_for

from .db import get_db

bp = Blueprint("posts", __name__)
LINE = re.compile(r"[\w .,!?'-]{1,80}")


@bp.get("/")
def index():
    rows = get_db().execute("SELECT id, title FROM posts ORDER BY id DESC LIMIT 20").fetchall()
    return {"posts": [dict(row) for row in rows]}


@bp.post("/posts")
def create():
    title, body = request.form.get("title", ""), request.form.get("body", "")
    if not LINE.fullmatch(title) or not LINE.fullmatch(body):
        abort(400, "a post needs a title and a body")
    db = get_db()
    db.execute("INSERT INTO posts (title, body) VALUES (?, ?)", (title, body))
    db.commit()
    return redirect(url_for("posts.index"))
