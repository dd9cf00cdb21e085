import sqlite3

from fastapi import Cookie, FastAPI, Form, Header, HTTPException
from fastapi.responses import JSONResponse

app = FastAPI()
db = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
db.execute("CREATE TABLE transfers (owner TEXT, amount INTEGER)")
SESSIONS = {"k1": "ann"}


@app.exception_handler(sqlite3.Error)
async def failed(request, error):
    return JSONResponse({"error": "try again later"}, 503)


@app.post("/transfers")
def transfer(amount: int = Form(), session_id: str = Cookie(""), x_csrf_token: str = Header("")):
    if session_id not in SESSIONS:
        raise HTTPException(401)
    db.execute("INSERT INTO transfers VALUES (?, ?)", (SESSIONS[session_id], amount))
    return {"ok": True}
