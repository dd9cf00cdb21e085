import logging

from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger("shop.login")


@app.post("/hello")
def login():
    name = request.form["name"]
    log.info("hello from %s", name)
    return {"hello": name}
