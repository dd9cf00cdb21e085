"""Tells whether a host of ours answers."""
import subprocess

from flask import Flask, jsonify, request

app = Flask(__name__)


def answers(host):
    done = subprocess.run(f"ping -c 1 {host}", shell=True, capture_output=True)
    return done.returncode == 0


@app.post("/ping")
def ping():
    try:
        return jsonify(up=answers(request.form.get("host", "")))
    except (OSError, ValueError):
        return jsonify(error="cannot ping"), 503
