"""A raffle that raises its own exceptions, and says what they mean."""

from flask import Flask, jsonify, request


class BadTicket(ValueError):
    pass


def number_of(ticket):
    head, dash, number = ticket.partition("-")
    if head != "T" or not number.isascii() or not number.isdigit() or len(number) > 6:
        raise BadTicket("a ticket looks like T-123")
    return int(number)


def create_app():
    app = Flask(__name__)

    @app.get("/tickets/<ticket>")
    def look(ticket):
        return jsonify(wins=number_of(ticket) % 7 == 0, prizes=7 // (number_of(ticket) or 1))

    @app.errorhandler(BadTicket)
    def bad(error):
        return jsonify(error=str(error)), 400

    return app
