import secrets

from flask import Flask, jsonify

app = Flask(__name__)


@app.post("/login")
def login():
    answer = jsonify(ok=True)
    answer.set_cookie("auth_token", secrets.token_hex(16), httponly=True, samesite="Strict", secure=True)
    return answer
