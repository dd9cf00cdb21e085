"""Members of an allotment society sign in to see when it is their turn to water."""
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from limiter import LoginLimiter
from members import Members


class Credentials(BaseModel):
    member: str = Field(min_length=1, max_length=40)
    password: str = Field(min_length=1, max_length=100)


def members(request: Request) -> Members:
    return request.app.state.members


def login(
    credentials: Credentials,
    request: Request,
    members: Members = Depends(members),
    limiter: LoginLimiter = Depends(),
):
    keys = (f"member:{credentials.member.lower()}", f"host:{request.client.host if request.client else '-'}")
    wait = limiter.wait(*keys)
    if wait:
        raise HTTPException(429, "too many attempts", headers={"Retry-After": str(wait)})
    plot = members.plot_of(credentials.member, credentials.password)
    if plot is None:
        limiter.failed(*keys)
        raise HTTPException(401, "member or password is wrong")
    return {"plot": plot, "watering": "Tuesday" if plot % 2 else "Friday"}


def invalid(request: Request, exc: RequestValidationError):
    return JSONResponse({"error": "member and password are needed"}, status_code=422)


def create_app(people):
    app = FastAPI()
    app.state.members = Members(people)
    app.add_api_route("/login", login, methods=["POST"])
    app.add_exception_handler(RequestValidationError, invalid)
    return app
