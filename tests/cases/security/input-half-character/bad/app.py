"""Cards to print: a title, and how many."""

from flask import Flask, Response, abort, request
from pydantic import BaseModel


class Card(BaseModel):
    title: str
    copies: int


def create_app():
    app = Flask(__name__)

    @app.post("/cards")
    def cards():
        data = request.get_json()
        title, copies = (data.get("title"), data.get("copies")) if isinstance(data, dict) else (None, None)
        if not isinstance(title, str):
            abort(400, "a title, please")
        card = Card(title=title, copies=int(copies))
        return Response(card.model_dump_json(), content_type="application/json")

    return app
