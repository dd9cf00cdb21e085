from fastapi import FastAPI, Form
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.post("/theme")
def remember(theme: str = Form()):
    answer = PlainTextResponse("kept")
    answer.set_cookie("theme", theme, samesite="lax")
    return answer
