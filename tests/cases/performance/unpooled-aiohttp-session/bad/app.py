import aiohttp
from aiohttp import web


async def weather(request):
    city = request.match_info["city"]
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        async with session.get(f"{request.app['api']}/{city}") as reply:
            reply.raise_for_status()
            return web.json_response(await reply.json())


def create_app(api):
    app = web.Application()
    app["api"] = api
    app.router.add_get("/weather/{city}", weather)
    return app
