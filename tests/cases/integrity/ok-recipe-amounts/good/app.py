"""Recipes: an amount of flour is no money."""
import sqlite3

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI()
app.state.path = "recipes.db"


class Line(BaseModel):
    what: str
    amount: float
    unit: str


@app.post("/recipes/{recipe}", status_code=201)
def store(recipe: str, lines: list[Line]):
    rows = [(recipe, line.what, line.amount, line.unit) for line in lines]
    try:
        conn = sqlite3.connect(app.state.path)
        try:
            with conn:
                conn.executemany("INSERT INTO lines (recipe, what, amount, unit) VALUES (?, ?, ?, ?)", rows)
        finally:
            conn.close()
    except sqlite3.Error:
        raise HTTPException(503, "the recipe was not stored") from None
    return {"lines": len(rows)}
