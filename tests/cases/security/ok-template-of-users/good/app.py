"""Letters whose text is a template of the user's: in a sandbox, by string.Template, by a list of fields."""

import re
import string

from fastapi import FastAPI, HTTPException
from fastapi.responses import PlainTextResponse
from jinja2 import DictLoader, Environment, TemplateError, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel, Field

app = FastAPI()
sandbox = ImmutableSandboxedEnvironment(autoescape=True)
pages = Environment(loader=DictLoader({"letter.txt": "Dear {{ name }},\n{{ text }}\n"}), autoescape=select_autoescape())


class Letter(BaseModel):
    name: str = Field(max_length=80)
    text: str = Field(max_length=400)


@app.post("/letters/sandbox", response_class=PlainTextResponse)
def in_sandbox(letter: Letter):
    try:
        return sandbox.from_string(letter.text).render(name=letter.name)
    except (TemplateError, ArithmeticError, TypeError, ValueError) as exc:
        raise HTTPException(422, "this is no template") from exc


@app.post("/letters/dollar", response_class=PlainTextResponse)
def with_dollars(letter: Letter):
    return string.Template(letter.text).safe_substitute(name=letter.name)


@app.post("/letters/fields", response_class=PlainTextResponse)
def with_fields(letter: Letter):
    known = {"name": letter.name}
    return re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], match[0]), letter.text)


@app.post("/letters/own", response_class=PlainTextResponse)
def own(letter: Letter):
    return pages.get_template("letter.txt").render(name=letter.name, text=letter.text)
