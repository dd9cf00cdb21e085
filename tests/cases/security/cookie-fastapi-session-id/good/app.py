import secrets

from fastapi import FastAPI, Form, Response

app = FastAPI()


@app.post("/login")
def login(response: Response, name: str = Form()):
    response.set_cookie("session_id", secrets.token_hex(16), samesite="lax", secure=True, httponly=True)
    response.set_cookie("theme", "dark")
    return {"hello": name}
