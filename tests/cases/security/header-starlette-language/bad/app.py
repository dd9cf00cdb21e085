from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

LANGUAGES = ("en", "de", "fr")


async def greet(request):
    language = request.query_params.get("language", "en")
    return PlainTextResponse("hello", headers={"Content-Language": language})


app = Starlette(routes=[Route("/", greet)])
