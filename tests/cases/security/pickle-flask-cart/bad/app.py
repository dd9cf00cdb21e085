"""A cart in a cookie."""
import base64
import pickle

from flask import Flask, jsonify, request

app = Flask(__name__)


def write_cart(cart):
    return base64.b64encode(pickle.dumps(cart)).decode()


def read_cart(text):
    return pickle.loads(base64.b64decode(text))


@app.post("/cart")
def add():
    reply = jsonify(ok=True)
    reply.set_cookie("cart", write_cart([request.form.get("item", "")]), httponly=True, samesite="Lax")
    return reply


@app.get("/cart")
def show():
    try:
        return jsonify(items=read_cart(request.cookies.get("cart", "")))
    except Exception:
        return jsonify(items=[])
