"""Profiles of a model railway club, pages from Jinja."""
from functools import cached_property

from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import HTMLResponse
from jinja2 import DictLoader, Environment
from pydantic import BaseModel, Field


class Profile(BaseModel):
    name: str = Field(min_length=1, max_length=60)
    motto: str = Field("", max_length=200)


class Pages:
    sources = {"profile.html": "<!doctype html><h1>{{ profile.name }}</h1><p>{{ profile.motto }}</p>"}

    @cached_property
    def env(self):
        return Environment(loader=DictLoader(self.sources))

    def render(self, name, **values):
        return HTMLResponse(self.env.get_template(name).render(**values))


class Store(dict):
    pass


def create_app():
    app = FastAPI()
    store, pages = Store(), Pages()

    def get_store() -> Store:
        return store

    @app.put("/members/{number}")
    def save(number: int, profile: Profile, members: Store = Depends(get_store)):
        members[number] = profile
        return {"number": number}

    @app.get("/members/{number}", response_class=HTMLResponse)
    def page(number: int, members: Store = Depends(get_store)):
        if number not in members:
            raise HTTPException(404, "no such member")
        return pages.render("profile.html", profile=members[number])

    return app
