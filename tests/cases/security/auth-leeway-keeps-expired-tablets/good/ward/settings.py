from datetime import timedelta

from pydantic import BaseModel, SecretStr


class Settings(BaseModel):
    key: SecretStr
    audience: str = "ward-tablets"
    issuer: str = "https://login.hospital.example"
    # tablets that were switched off for a while have odd clocks
    clock_skew: timedelta = timedelta(seconds=30)
