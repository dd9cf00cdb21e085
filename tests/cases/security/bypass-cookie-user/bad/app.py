"""A page of one's own, over Flask."""

from flask import Flask, abort, jsonify, make_response, request, session

USERS = {1: "ann", 2: "bob"}


def create_app():
    app = Flask(__name__)
    app.secret_key = "pages"
    app.config.update(SESSION_COOKIE_SAMESITE="Lax")

    def current_user():
        user = request.cookies.get("user_id", "")
        if not user.isascii() or not user.isdigit() or len(user) > 9 or int(user) not in USERS:
            abort(401)
        return int(user)

    @app.get("/enter/<int:number>")
    def enter(number):
        answer = make_response("ok")
        answer.set_cookie("user_id", str(number), httponly=True, samesite="Lax")
        return answer

    @app.get("/me")
    def me():
        return jsonify(name=USERS[current_user()])

    return app
