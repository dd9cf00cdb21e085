from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/download")
def download(name: str):
    return Response("date,cups", media_type="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})
