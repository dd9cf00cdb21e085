"""Open data: everybody's pages may read it, nobody's cookies are asked for; what is private has its list."""

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

FRIENDS = {"https://app.example.org", "https://admin.example.org"}
SESSIONS = {"f3b1c55a": "Ada"}


async def stations(request):
    return JSONResponse(["North", "South"], headers={"Access-Control-Allow-Origin": "*"})


async def me(request):
    name = SESSIONS.get(request.cookies.get("session"))
    if name is None:
        return JSONResponse({"error": "who are you?"}, 401)
    answer = JSONResponse({"name": name})
    origin = request.headers.get("origin", "")
    if origin in FRIENDS:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Credentials"] = "true"
    answer.headers["Vary"] = "Origin"
    return answer


app = Starlette(routes=[Route("/stations", stations), Route("/me", me)])
