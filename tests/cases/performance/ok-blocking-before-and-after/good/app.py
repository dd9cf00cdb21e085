import asyncio
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import httpx


async def ask(url):
    async with httpx.AsyncClient(timeout=5) as client:
        return (await client.get(url)).text


def main(path, url):
    """A script: it waits for what it needs, and the loop runs only in between."""
    time.sleep(0.001)
    version = subprocess.run([sys.executable, "-c", "print(3)"], capture_output=True, text=True, timeout=30).stdout.strip()
    text = asyncio.run(ask(url))
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("INSERT INTO pages VALUES (?, ?)", (version, text))
    return version + text
