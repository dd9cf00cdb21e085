"""Profiles, as pages that Jinja makes of templates of the application's."""

from typing import Annotated

from fastapi import Depends, FastAPI, Form, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import DictLoader, Environment

TEMPLATES = {
    "base.html": "<!doctype html><title>Profile</title><main>{% block main %}{% endblock %}</main>",
    "profile.html": "{% extends 'base.html' %}{% block main %}<h1>{{ name }}</h1><p>{{ about }}</p>{% endblock %}",
}
app = FastAPI()
PROFILES: dict[str, str] = {}


class Pages:
    def __init__(self):
        self.environment = Environment(loader=DictLoader(TEMPLATES))

    def render(self, template, **values):
        return HTMLResponse(self.environment.get_template(template).render(values))


@app.post("/profiles/{name}")
def write(name: str, about: Annotated[str, Form(max_length=500)]):
    PROFILES[name] = about
    return RedirectResponse(f"/profiles/{name}", 303)


@app.get("/profiles/{name}")
def read(name: str, pages: Annotated[Pages, Depends()]):
    if name not in PROFILES:
        raise HTTPException(404)
    return pages.render("profile.html", name=name, about=PROFILES[name])
