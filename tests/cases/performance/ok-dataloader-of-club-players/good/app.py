"""Matches of a table-tennis club: each match asks for its players by itself."""
import asyncio
import logging
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Path, Request
from fastapi.responses import JSONResponse
from sqlalchemy import ForeignKey, String, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from loading import Loader

log = logging.getLogger("club")
router = APIRouter()


class Base(DeclarativeBase):
    pass


class Player(Base):
    __tablename__ = "players"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))


class Match(Base):
    __tablename__ = "matches"
    id: Mapped[int] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(index=True)
    home_id: Mapped[int] = mapped_column(ForeignKey("players.id"), index=True)
    guest_id: Mapped[int] = mapped_column(ForeignKey("players.id"), index=True)


def player_loader(session):
    async def fetch_many(ids):
        rows = await session.execute(select(Player.id, Player.name).where(Player.id.in_(ids)))
        return {row.id: row.name for row in rows}

    return Loader(fetch_many)


async def describe(match, players):
    home, guest = await asyncio.gather(players.load(match.home_id), players.load(match.guest_id))
    return f"{home or '?'} – {guest or '?'}"


@router.get("/rounds/{number}")
async def show_round(request: Request, number: int = Path(ge=1, le=60)):
    async with request.app.state.sessions() as session:
        matches = (await session.scalars(select(Match).where(Match.round == number).limit(100))).all()
        players = player_loader(session)
        return {"matches": await asyncio.gather(*(describe(match, players) for match in matches))}


async def database_error(request: Request, exc: SQLAlchemyError):
    log.error("matches are not available", exc_info=exc)
    return JSONResponse({"error": "please try again later"}, status_code=503)


def create_app(url):
    @asynccontextmanager
    async def lifespan(app):
        engine = create_async_engine(url)
        async with engine.begin() as conn:
            await conn.run_sync(Base.metadata.create_all)
        app.state.sessions = async_sessionmaker(engine)
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)
    app.add_exception_handler(SQLAlchemyError, database_error)
    app.include_router(router)
    return app
