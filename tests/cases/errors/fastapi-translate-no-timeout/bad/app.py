import httpx
from fastapi import FastAPI, HTTPException, Request

TRANSLATOR = "https://translate.example/v2"


def create_app():
    app = FastAPI()
    app.state.http = httpx.AsyncClient(timeout=httpx.Timeout(30, read=None))

    @app.get("/translate")
    async def translate(text: str, request: Request):
        try:
            reply = await request.app.state.http.get(TRANSLATOR, params={"q": text})
            reply.raise_for_status()
            return {"text": str(reply.json()["text"])}
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            raise HTTPException(502, "no translation") from exc

    return app
