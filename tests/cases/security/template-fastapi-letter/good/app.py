"""Shows customers their letters before they are sent."""
from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from jinja2 import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from pydantic import BaseModel

app = FastAPI()
letters = SandboxedEnvironment(autoescape=False)


class Letter(BaseModel):
    text: str
    name: str


@app.post("/preview", response_class=PlainTextResponse)
def preview(letter: Letter):
    try:
        return letters.from_string(letter.text).render(name=letter.name)
    except (TemplateError, OSError):
        raise HTTPException(400, "no letter") from None
