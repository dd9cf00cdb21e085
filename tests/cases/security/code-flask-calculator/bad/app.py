"""A calculator."""
from flask import Flask, jsonify, request

app = Flask(__name__)


def calculate(formula):
    return eval(formula, {"__builtins__": {}}, {})


@app.post("/calculate")
def answer():
    data = request.get_json(silent=True)
    formula = data.get("formula") if isinstance(data, dict) else None
    try:
        return jsonify(result=calculate(str(formula)))
    except Exception:
        return jsonify(error="no formula"), 400
