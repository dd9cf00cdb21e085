"""Checksums by a program: a list of arguments, and a pipeline whose parts are quoted."""

import asyncio
import shlex
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query

app = FastAPI()
Text = Annotated[str, Query(min_length=1, max_length=200, pattern=r"^[^\x00]+$")]


class Shell:
    async def run(self, *words):
        process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE)
        out, _ = await process.communicate()
        return out.decode(errors="replace").strip()


@app.get("/echo")
async def echo(text: Text, shell: Annotated[Shell, Depends()]):
    try:
        return {"text": await shell.run("printf", "%s", "--", text)}
    except (OSError, ValueError) as exc:
        raise HTTPException(503) from exc


@app.get("/count")
async def count(text: Text, shell: Annotated[Shell, Depends()]):
    line = f"printf %s {shlex.quote(text)} | wc -c"
    try:
        return {"bytes": await shell.run("sh", "-c", line)}
    except (OSError, ValueError) as exc:
        raise HTTPException(503) from exc
