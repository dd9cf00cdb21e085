"""Downloads under a name of the user's: quoted as the standard says, and never two lines."""

from urllib.parse import quote

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def disposition(name):
    plain = "".join(char for char in name if char.isascii() and char.isprintable() and char not in '"\\')
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='', errors='replace')}"


async def download(request):
    name = request.query_params.get("name", "file")[:100]
    return PlainTextResponse("tea", headers={"Content-Disposition": disposition(name)})


async def language(request):
    chosen = request.query_params.get("language", "en")
    answer = PlainTextResponse(chosen if chosen in ("en", "de") else "en")
    answer.headers["Content-Language"] = chosen if chosen in ("en", "de") else "en"
    answer.headers["X-Length"] = str(len(chosen))
    return answer


app = Starlette(routes=[Route("/download", download), Route("/language", language)])
