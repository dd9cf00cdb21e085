"""Singers of a choir introduce themselves; each has a public page."""
import logging
import secrets
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from jinja2 import Environment
from sqlalchemy import Column, MetaData, String, Table, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

log = logging.getLogger("choir")
metadata = MetaData()
singers = Table(
    "singers",
    metadata,
    Column("id", String(12), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("voice", String(10), nullable=False),
    Column("website", String(200), nullable=False),
)
VOICES = ("soprano", "alto", "tenor", "bass")
PAGE = Environment(autoescape=True).from_string(
    """<!doctype html><title>{{ singer.name }}</title>
<h1>{{ singer.name }}, {{ singer.voice }}</h1>
{% if singer.website %}<p><a href="{{ singer.website }}" rel="nofollow">my website</a></p>{% endif %}"""
)


class BadProfile(Exception):
    """What the singer sent is no profile."""


def clean_website(text):
    """People type `choir.example/anna`: the scheme is added where it is missing."""
    if text and ":" not in text:
        text = f"https://{text}"
    if text:
        try:
            parts = urlsplit(text)
        except ValueError:
            raise BadProfile("website is no address") from None
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise BadProfile("website is no address")
    return text


def clean(form):
    values = {key: form.get(key, "") for key in ("name", "voice", "website")}
    if not all(isinstance(value, str) for value in values.values()):
        raise BadProfile("files are not wanted")
    values = {key: value.strip() for key, value in values.items()}
    if not 1 <= len(values["name"]) <= 60 or values["voice"] not in VOICES or len(values["website"]) > 190:
        raise BadProfile("name or voice is missing")
    values["website"] = clean_website(values["website"])
    return values


async def add_singer(request):
    async with request.form() as form:
        values = clean(form)
    values["id"] = secrets.token_hex(6)
    async with request.app.state.engine.begin() as conn:
        await conn.execute(insert(singers).values(**values))
    return JSONResponse({"id": values["id"]}, status_code=201)


async def show_singer(request):
    query = select(singers.c.name, singers.c.voice, singers.c.website)
    async with request.app.state.engine.connect() as conn:
        singer = (await conn.execute(query.where(singers.c.id == request.path_params["singer_id"]))).first()
    if singer is None:
        return JSONResponse({"error": "no such singer"}, status_code=404)
    return HTMLResponse(PAGE.render(singer=singer))


async def bad_profile(request, exc):
    return JSONResponse({"error": str(exc)}, status_code=400)


async def database_error(request, exc):
    log.error("the list of singers failed", exc_info=exc)
    return JSONResponse({"error": "please try again later"}, status_code=503)


def create_app(url):
    @asynccontextmanager
    async def lifespan(app):
        app.state.engine = create_async_engine(url)
        async with app.state.engine.begin() as conn:
            await conn.run_sync(metadata.create_all)
        yield
        await app.state.engine.dispose()

    return Starlette(
        routes=[
            Route("/singers", add_singer, methods=["POST"]),
            Route("/singers/{singer_id}", show_singer),
        ],
        exception_handlers={BadProfile: bad_profile, SQLAlchemyError: database_error},
        lifespan=lifespan,
    )
