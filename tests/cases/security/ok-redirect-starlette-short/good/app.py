"""Short links: who may be led to is on a list."""

from urllib.parse import quote, urlsplit

from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

HOSTS = {"docs.example.org", "www.example.org"}
LINKS = {"manual": "https://docs.example.org/manual"}


def allowed(url):
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and parts.hostname in HOSTS and parts.netloc == parts.hostname
    except ValueError:
        return False


async def make(request):
    form = await request.form()
    name, url = str(form.get("name", "")), str(form.get("url", ""))
    if not name.isalnum() or not allowed(url):
        return JSONResponse({"error": "only our own pages"}, 400)
    LINKS[name] = url
    return JSONResponse({"link": f"/to/{name}"}, 201)


async def follow(request):
    url = LINKS.get(request.path_params["name"])
    if url is None:
        return RedirectResponse("/search?words=" + quote(request.path_params["name"]), 302)
    return RedirectResponse(url, 302)


app = Starlette(routes=[Route("/links", make, methods=["POST"]), Route("/to/{name}", follow)])
