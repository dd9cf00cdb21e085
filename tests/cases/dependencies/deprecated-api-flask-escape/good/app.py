"""A guest book. One page escapes by itself."""
from flask import Flask, request

app = Flask(__name__)
BOOK = []


@app.post("/notes")
def write():
    BOOK.append(request.form.get("text", ""))
    return "thanks", 201


@app.get("/export")
def export():
    from markupsafe import escape

    return "<br>".join(str(escape(text)) for text in BOOK)
