"""Terms and literals without eval: a tree of Python's own parser is walked, a literal is read, a function is looked up."""

import ast
import math
import operator

from flask import Flask, jsonify, request

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.USub: operator.neg}
FUNCTIONS = {"sqrt": math.sqrt, "floor": math.floor}
LONGEST = 60


class NotATerm(ValueError):
    """Something else than numbers, signs and brackets."""


def value_of(node):
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool) and abs(number) < 1e9:
            return number
        case ast.BinOp(left, op, right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](value_of(left), value_of(right))
        case ast.UnaryOp(op, operand) if type(op) in OPERATORS:
            return OPERATORS[type(op)](value_of(operand))
    raise NotATerm("only numbers")


def calculated(term):
    try:
        return value_of(ast.parse(term, mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as exc:
        raise NotATerm("no term") from exc


def create_app():
    app = Flask(__name__)
    app.register_error_handler(NotATerm, lambda error: (jsonify(error=str(error)), 400))

    @app.get("/term")
    def term():
        return jsonify(value=calculated(request.args.get("term", "")[:LONGEST]))

    @app.post("/list")
    def total():
        try:
            values = ast.literal_eval(request.get_data(as_text=True)[:LONGEST])
            return jsonify(total=len(values))
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            return jsonify(error="a list, please"), 400

    @app.get("/call/<name>/<int:number>")
    def call(name, number):
        function = FUNCTIONS.get(name)
        if function is None or number > 10**9:
            return jsonify(error="no such function"), 404
        return jsonify(value=function(number))

    return app
