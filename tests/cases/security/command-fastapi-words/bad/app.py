"""Counts the words of a text."""
import os

from fastapi import FastAPI

app = FastAPI()


def count(text):
    with os.popen(f"echo \"{text}\" | wc -w") as out:
        return int(out.read() or 0)


@app.get("/words")
def words(text: str):
    try:
        return {"words": count(text)}
    except (OSError, ValueError):
        return {"words": 0}
