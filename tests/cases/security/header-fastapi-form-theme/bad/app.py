from fastapi import FastAPI, Form
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.post("/theme")
def remember(theme: str = Form()):
    answer = PlainTextResponse("kept")
    answer.headers["Set-Cookie"] = f"theme={theme}; Path=/; SameSite=Lax"
    return answer
