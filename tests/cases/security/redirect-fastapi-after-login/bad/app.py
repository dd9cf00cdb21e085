"""Back to where one came from, after the choice of a language."""

from typing import Annotated

from fastapi import FastAPI, Form
from fastapi.responses import RedirectResponse

app = FastAPI()


def safe(target: str) -> str:
    return target if target.startswith("/") else "/"


@app.post("/language")
def language(code: Annotated[str, Form(pattern="^[a-z]{2}$")], back: Annotated[str, Form(max_length=300)] = "/"):
    answer = RedirectResponse(safe(back), 303)
    answer.set_cookie("language", code)
    return answer
