"""The cellar's interface for the scanner at the door."""
import logging
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from cellar import store_batch
from models import Base

log = logging.getLogger("cellar")
router = APIRouter()


@router.post("/batches", status_code=201)
async def add_batch(
    request: Request,
    batch: str = Form(pattern=r"^[A-Z0-9-]{1,20}$"),
    count: int = Form(ge=1, le=500),
    shelf: int = Form(ge=1, le=900),
):
    async with request.app.state.sessions.begin() as session:
        labels = await store_batch(session, batch, count, shelf)
    return {"labels": labels}


async def database_error(request: Request, exc: SQLAlchemyError):
    log.error("the batch was not stored", exc_info=exc)
    return JSONResponse({"error": "nothing was stored, please try again"}, status_code=503)


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
