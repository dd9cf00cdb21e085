"""An echo: what is no page is not read as one."""
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/echo")
def echo(text: str):
    return {"html": f"<p>{text}</p>"}


@app.get("/plain", response_class=PlainTextResponse)
def plain(text: str):
    return f"<p>{text}</p>"
