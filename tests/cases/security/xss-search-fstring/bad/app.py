from flask import Flask, request

app = Flask(__name__)
TEAS = ["assam", "ceylon", "darjeeling"]


@app.get("/search")
def search():
    words = request.args.get("q", "")
    found = "".join(f"<li>{tea}</li>" for tea in TEAS if words.lower() in tea)
    return f"<!doctype html><title>Search</title><p>Results for {words}</p><ul>{found}</ul>"
