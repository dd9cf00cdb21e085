"""One input in every context of a page, written into each as it must be."""
from flask import Flask, render_template_string, request

app = Flask(__name__)
PAGE = """<!doctype html>
<title>{{ word }}</title>
<!-- shown to {{ word }} -->
<style>p { color: navy }</style>
<p class="{{ word }}" onclick="show({{ word|tojson|forceescape }})">{{ word }}</p>
<a href="/words?next={{ word|urlencode }}">more</a>
<textarea>{{ word }}</textarea>
<script>var word = {{ word|tojson }}; // {{ word|tojson }}
var list = ["{{ word }}"];</script>
<script type="application/json">{{ {"word": word}|tojson }}</script>
"""


@app.get("/words")
def words():
    return render_template_string(PAGE, word=request.args.get("word", ""))
