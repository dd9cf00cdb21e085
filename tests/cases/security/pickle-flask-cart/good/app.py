"""A cart in a cookie."""
import base64
import binascii
import hashlib
import hmac
import pickle

from flask import Flask, jsonify, request

app = Flask(__name__)
app.config["KEY"] = b"for tests only"


def signed(data):
    return hmac.new(app.config["KEY"], data, hashlib.sha256).hexdigest()


def write_cart(cart):
    data = pickle.dumps(cart)
    return signed(data) + base64.b64encode(data).decode()


def read_cart(text):
    data = base64.b64decode(text[64:])
    if not hmac.compare_digest(signed(data), text[:64]):
        raise ValueError("not ours")
    return pickle.loads(data)


@app.post("/cart")
def add():
    reply = jsonify(ok=True)
    reply.set_cookie("cart", write_cart([request.form.get("item", "")]), httponly=True, samesite="Lax")
    return reply


@app.get("/cart")
def show():
    try:
        return jsonify(items=read_cart(request.cookies.get("cart", "")))
    except (ValueError, TypeError, binascii.Error):
        return jsonify(items=[])
