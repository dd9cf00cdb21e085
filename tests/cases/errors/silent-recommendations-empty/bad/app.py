import httpx
from fastapi import FastAPI

app = FastAPI()


def recommendations(user):
    try:
        reply = httpx.get("https://recommend.example/for", params={"user": user}, timeout=2)
        reply.raise_for_status()
        return [str(item) for item in reply.json()]
    except (httpx.HTTPError, ValueError, TypeError):
        return []


@app.get("/home/{user}")
def home(user: str):
    return {"user": user, "recommended": recommendations(user)}
