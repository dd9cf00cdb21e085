"""Types and answers, by what FastAPI's own manual says to import."""
from typing import Annotated

from fastapi import FastAPI, Query
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse
from typing_extensions import TypedDict

app = FastAPI()


class Item(BaseModel):
    name: str = Field(max_length=20)


class Found(TypedDict):
    name: str


@app.get("/items")
def item(name: Annotated[str, Query(max_length=20)]) -> Found:
    return Found(name=Item(name=name).name)


@app.get("/")
def home():
    return PlainTextResponse("hello")
