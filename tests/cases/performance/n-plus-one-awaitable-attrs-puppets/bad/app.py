"""The programme of a season, with what has to be carried to the stage."""
import logging
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.responses import JSONResponse
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from models import Base, Play

log = logging.getLogger("puppets")
router = APIRouter()


async def packing_note(play):
    names = [puppet.name for puppet in await play.awaitable_attrs.puppets]
    return {"title": play.title, "puppets": names, "boxes": -(-len(names) // 4)}


async def programme(session, season):
    query = select(Play).where(Play.season == season).order_by(Play.title).limit(100)
    notes = []
    for play in await session.scalars(query):
        notes.append(await packing_note(play))
    return notes


@router.get("/seasons/{season}")
async def show_season(request: Request, season: int = Path(ge=1950, le=2100)):
    async with request.app.state.sessions() as session:
        return {"plays": await programme(session, season)}


async def database_error(request: Request, exc: SQLAlchemyError):
    log.error("the programme is not available", exc_info=exc)
    return JSONResponse({"error": "please try again later"}, status_code=503)


def create_app(url):
    @asynccontextmanager
    async def lifespan(app):
        engine = create_async_engine(url)
        async with engine.begin() as conn:
            await conn.run_sync(Base.metadata.create_all)
        app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)
    app.add_exception_handler(SQLAlchemyError, database_error)
    app.include_router(router)
    return app
