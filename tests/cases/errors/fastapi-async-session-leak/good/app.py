"""Issue tracker API with SQLAlchemy 2 async sessions."""
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import String, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

logger = logging.getLogger("issues")


class Base(DeclarativeBase):
    pass


class Issue(Base):
    __tablename__ = "issues"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default="open")


class NewIssue(BaseModel):
    title: str = Field(min_length=1, max_length=120)


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions() as session:
        yield session


def create_app(database_url: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI):
        engine = create_async_engine(database_url)
        async with engine.begin() as conn:
            await conn.run_sync(Base.metadata.create_all)
        app.state.sessions = async_sessionmaker(engine, expire_on_commit=False)
        yield
        await engine.dispose()

    app = FastAPI(lifespan=lifespan)

    @app.exception_handler(SQLAlchemyError)
    async def database_error(request: Request, exc: SQLAlchemyError):
        logger.error("database failed", exc_info=exc)
        return JSONResponse({"detail": "temporarily unavailable"}, status_code=503)

    @app.post("/issues", status_code=201)
    async def create_issue(new: NewIssue, session: AsyncSession = Depends(get_session)):
        issue = Issue(title=new.title)
        session.add(issue)
        await session.commit()
        return {"id": issue.id, "title": issue.title}

    @app.get("/issues/{number}")
    async def show_issue(number: int, session: AsyncSession = Depends(get_session)):
        if not 0 < number < 2**31:
            raise HTTPException(404, "no such issue")
        issue = await session.scalar(select(Issue).where(Issue.id == number))
        if issue is None:
            raise HTTPException(404, "no such issue")
        return {"id": issue.id, "title": issue.title, "state": issue.state}

    return app
