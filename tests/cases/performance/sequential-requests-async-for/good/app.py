"""Where shall the catch of the day go?"""
import logging
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from rates import Provider, RatesUnavailable

log = logging.getLogger("fish")
HOUSES = ("bergen", "hull", "vigo", "lorient")


async def cheapest(request):
    pallets = request.query_params.get("pallets", "1")
    if not (pallets.isascii() and pallets.isdigit() and 0 < len(pallets) < 4):
        return JSONResponse({"error": "pallets must be a number"}, status_code=400)
    provider = request.app.state.provider
    fits = [offer async for offer in provider.offers(HOUSES, int(pallets)) if offer.free >= int(pallets)]
    if not fits:
        return JSONResponse({"error": "everything is full"}, status_code=404)
    best = min(fits, key=lambda offer: offer.cents)
    return JSONResponse({"house": best.house, "cents": best.cents})


async def unavailable(request, exc):
    return JSONResponse({"error": "the houses do not answer"}, status_code=502)


def create_app(base_url, transport=None):
    @asynccontextmanager
    async def lifespan(app):
        app.state.provider = Provider(base_url, transport)
        yield
        await app.state.provider.close()

    return Starlette(
        routes=[Route("/cheapest", cheapest)], exception_handlers={RatesUnavailable: unavailable}, lifespan=lifespan
    )
