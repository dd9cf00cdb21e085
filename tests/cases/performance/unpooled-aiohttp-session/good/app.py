import aiohttp
from aiohttp import web


async def weather(request):
    city = request.match_info["city"]
    async with request.app["session"].get(f"{request.app['api']}/{city}") as reply:
        reply.raise_for_status()
        return web.json_response(await reply.json())


async def client(app):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as app["session"]:
        yield


def create_app(api):
    app = web.Application()
    app["api"] = api
    app.cleanup_ctx.append(client)
    app.router.add_get("/weather/{city}", weather)
    return app
