from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "only-for-tests"
app.config.update(SESSION_COOKIE_HTTPONLY=True, SESSION_COOKIE_SAMESITE="Lax", SESSION_COOKIE_SECURE=True)


@app.post("/login")
def login():
    session["name"] = request.form["name"]
    return {"ok": True}
