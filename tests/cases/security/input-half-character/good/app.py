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
        if not isinstance(title, str) or type(copies) is not int or not 1 <= copies <= 99:
            abort(400, "title and copies, please")
        card = Card(title=title, copies=copies)
        return Response(card.model_dump_json(), content_type="application/json")

    return app
