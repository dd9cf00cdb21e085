"""Profiles of volunteers: partial update over PATCH."""
import logging
import sqlite3
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

log = logging.getLogger("volunteers")


class ProfileRepository:
    def __init__(self, conn):
        self.conn = conn

    def get(self, profile_id):
        row = self.conn.execute("SELECT id, name, phone, city FROM profiles WHERE id = ?", (profile_id,)).fetchone()
        return dict(zip(("id", "name", "phone", "city"), row)) if row else None

    def update(self, profile_id, changes):
        assignments = ", ".join(f"{column} = ?" for column in changes)
        with self.conn:
            self.conn.execute(f"UPDATE profiles SET {assignments} WHERE id = ?", (*changes.values(), profile_id))


def repository(request: Request):
    return ProfileRepository(request.app.state.conn)


def database_error(request: Request, exc: Exception):
    log.error("profile database failed", exc_info=exc)
    return JSONResponse({"detail": "please try again later"}, status_code=503)


def create_app(path):
    @asynccontextmanager
    async def lifespan(app):
        app.state.conn = sqlite3.connect(path, check_same_thread=False)
        yield
        app.state.conn.close()

    app = FastAPI(lifespan=lifespan)
    app.add_exception_handler(sqlite3.Error, database_error)

    @app.patch("/profiles/{profile_id}")
    def patch_profile(profile_id: int, changes: dict[str, str], repo: ProfileRepository = Depends(repository)):
        if not -(2**63) <= profile_id < 2**63 or repo.get(profile_id) is None:
            raise HTTPException(404, "no such profile")
        if not changes:
            raise HTTPException(422, "nothing to change")
        repo.update(profile_id, changes)
        return repo.get(profile_id)

    return app
