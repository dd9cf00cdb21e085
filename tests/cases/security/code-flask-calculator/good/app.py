"""A calculator."""
import ast
import operator

from flask import Flask, jsonify, request

app = Flask(__name__)
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def value_of(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](value_of(node.left), value_of(node.right))
    raise ValueError("only numbers and + - * /")


def calculate(formula):
    return value_of(ast.parse(formula, mode="eval").body)


@app.post("/calculate")
def answer():
    data = request.get_json(silent=True)
    formula = data.get("formula") if isinstance(data, dict) else None
    try:
        return jsonify(result=calculate(str(formula)))
    except (ValueError, SyntaxError, ArithmeticError, RecursionError, MemoryError):
        return jsonify(error="no formula"), 400
