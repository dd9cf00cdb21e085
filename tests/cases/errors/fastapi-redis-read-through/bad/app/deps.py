from functools import lru_cache

import redis
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker


@lru_cache
def get_redis() -> redis.Redis:
    return redis.Redis.from_url("redis://cache:6379/0", socket_timeout=0.5, socket_connect_timeout=0.5)


@lru_cache
def session_factory() -> sessionmaker[Session]:
    return sessionmaker(create_engine("postgresql+psycopg://shop@db/shop"))


def get_session():
    with session_factory()() as session:
        yield session
