import os
from dataclasses import dataclass


@dataclass(frozen=True)
class MailConfig:
    host: str = "localhost"
    port: int = 25
    sender: str = "alerts@example.org"
    timeout: float = 15.0

    @classmethod
    def from_env(cls, env=os.environ):
        return cls(env.get("MAIL_HOST", cls.host), int(env.get("MAIL_PORT", cls.port)))
