from flask import Flask, request, session

app = Flask(__name__)
app.secret_key = "only-for-tests"
app.config.update(SESSION_COOKIE_HTTPONLY=True)


@app.post("/login")
def login():
    session["name"] = request.form["name"]
    return {"ok": True}
