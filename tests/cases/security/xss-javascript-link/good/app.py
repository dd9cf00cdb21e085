from urllib.parse import urlsplit

from flask import Flask, render_template_string, request

app = Flask(__name__)
PAGE = "<!doctype html><title>{{ name }}</title><h1>{{ name }}</h1><a href=\"{{ site }}\">home page</a>"


def home_page(url):
    return url if urlsplit(url).scheme in ("http", "https") else "/"


@app.get("/profile")
def profile():
    return render_template_string(PAGE, name=request.args["name"], site=home_page(request.args["site"]))
