"""Mailings: a greeting is put into a template before that is read."""

from flask import Blueprint, Flask, jsonify, request
from jinja2 import Environment, TemplateError

mailings = Blueprint("mailings", __name__, url_prefix="/mailings")
environment = Environment(autoescape=True)


class Mailing:
    BODY = "{greeting}, {{{{ name }}}}!\nThere are {{{{ count }}}} news.\n"

    def __init__(self, greeting):
        self.greeting = greeting

    def to(self, name, count):
        template = environment.from_string(self.BODY.format(greeting=self.greeting))
        return template.render(name=name, count=count)


@mailings.post("/preview")
def preview():
    wanted = request.get_json(silent=True)
    if not isinstance(wanted, dict) or not isinstance(wanted.get("greeting"), str):
        return jsonify(error="which greeting?"), 422
    try:
        return jsonify(text=Mailing(wanted["greeting"]).to("Ada", 3))
    except (TemplateError, ArithmeticError, TypeError, ValueError):
        return jsonify(error="not like this"), 422


def create_app():
    app = Flask(__name__)
    app.register_blueprint(mailings)
    return app
