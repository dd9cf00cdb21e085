"""Sends what stands in the outbox; whatever is not marked is sent again by the next run, under the same key."""
import logging

import httpx
from sqlalchemy import String, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

log = logging.getLogger("relay")


class RelayError(Exception):
    pass


class Base(DeclarativeBase):
    pass


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(String(200))
    sent: Mapped[bool] = mapped_column(default=False)


def deliver(client, message):
    client.post("/messages", json={"text": message.text}, headers={"Idempotency-Key": str(message.id)}).raise_for_status()


def relay(sessions, client):
    """Returns how many were sent."""
    count = 0
    try:
        with sessions() as session:
            for message in session.scalars(select(Message).where(Message.sent.is_(False)).limit(50)).all():
                deliver(client, message)
                message.sent = True
                session.commit()
                count += 1
    except (SQLAlchemyError, httpx.HTTPError) as exc:
        log.error("%d messages were sent, then it failed", count)
        raise RelayError("some messages wait for the next run") from exc
    return count
