"""Exports the water levels as CSV. A bare ASGI application, nothing else runs on that gateway."""
import re
from urllib.parse import parse_qs

LEVELS = [("2030-01-01", 212), ("2030-01-02", 219), ("2030-01-03", 204)]
UNSAFE = re.compile(r"[^A-Za-z0-9._ -]")


async def send(transmit, status, headers, body):
    await transmit({"type": "http.response.start", "status": status, "headers": headers})
    await transmit({"type": "http.response.body", "body": body})


def disposition(name):
    return f'attachment; filename="{UNSAFE.sub("_", name)}.csv"'.encode("ascii")


def csv(rows):
    return "\n".join(["day,cm", *(f"{day},{cm}" for day, cm in rows)]).encode() + b"\n"


class Export:
    def __init__(self, levels):
        self.levels = levels

    async def __call__(self, scope, receive, transmit):
        if scope["type"] != "http":
            return
        if scope["path"] == "/levels.csv" and scope["method"] == "GET":
            await self.send_csv(scope, transmit)
        else:
            await send(transmit, 404, [(b"content-type", b"text/plain")], b"not found\n")

    async def send_csv(self, scope, transmit):
        query = parse_qs(scope["query_string"].decode("latin-1"))
        name = query.get("name", ["levels"])[0][:80]
        headers = [
            (b"content-type", b"text/csv; charset=utf-8"),
            (b"content-disposition", disposition(name)),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send(transmit, 200, headers, csv(self.levels))


app = Export(LEVELS)
