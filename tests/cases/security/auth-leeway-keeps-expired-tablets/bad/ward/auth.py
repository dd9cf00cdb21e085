import logging

import jwt
from fastapi import Depends, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

log = logging.getLogger("ward.auth")
bearer = HTTPBearer(auto_error=False)


class TokenVerifier:
    def __init__(self, settings):
        self.settings = settings

    def nurse_of(self, token):
        claims = jwt.decode(
            token,
            self.settings.key.get_secret_value(),
            algorithms=["HS256"],
            audience=self.settings.audience,
            issuer=self.settings.issuer,
            leeway=self.settings.clock_skew,
            options={"require": ["exp", "sub"]},
        )
        return claims["sub"]


def nurse(request: Request, credentials: HTTPAuthorizationCredentials | None = Depends(bearer)) -> str:
    refused = HTTPException(401, "please sign in", headers={"WWW-Authenticate": "Bearer"})
    if credentials is None:
        raise refused
    try:
        return request.app.state.verifier.nurse_of(credentials.credentials)
    except (jwt.PyJWTError, ValueError) as exc:
        log.warning("token refused: %s", type(exc).__name__)
        raise refused from exc
