"""Calls of ships at a harbour, exported the way a saved view sorts them."""
import csv
import io
import logging
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from views import NewView, metadata, save_view, sort_of_view, sorted_calls

log = logging.getLogger("harbour")
router = APIRouter()


@router.post("/views", status_code=201)
async def add_view(view: NewView, request: Request):
    async with request.app.state.engine.begin() as conn:
        return {"id": await save_view(conn, view)}


@router.get("/views/{view_id}/calls.csv")
async def export(view_id: str, request: Request):
    async with request.app.state.engine.connect() as conn:
        sort = await sort_of_view(conn, view_id)
        if sort is None:
            raise HTTPException(404, "no such view")
        rows = await sorted_calls(conn, sort)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["ship", "berth", "tonnage"])
    writer.writerows(tuple(row) for row in rows)
    return Response(out.getvalue(), media_type="text/csv")


async def form_is_wrong(request: Request, exc: RequestValidationError):
    fields = sorted({str(error["loc"][-1]) for error in exc.errors()})
    return JSONResponse({"error": "please look through the form", "fields": fields}, status_code=422)


async def database_error(request: Request, exc: SQLAlchemyError):
    log.error("the harbour database failed", exc_info=exc)
    return JSONResponse({"error": "please try again later"}, status_code=503)


def create_app(url):
    @asynccontextmanager
    async def lifespan(app):
        app.state.engine = create_async_engine(url)
        async with app.state.engine.begin() as conn:
            await conn.run_sync(metadata.create_all)
        yield
        await app.state.engine.dispose()

    app = FastAPI(lifespan=lifespan)
    app.add_exception_handler(RequestValidationError, form_is_wrong)
    app.add_exception_handler(SQLAlchemyError, database_error)
    app.include_router(router)
    return app
