from urllib.parse import quote

from fastapi import FastAPI
from fastapi.responses import RedirectResponse

app = FastAPI()
PAGES = ("/", "/cart", "/orders")


@app.get("/leave")
async def leave(to: str = "/"):
    if not to.startswith("/"):
        to = "/"
    return RedirectResponse(to, status_code=303)
