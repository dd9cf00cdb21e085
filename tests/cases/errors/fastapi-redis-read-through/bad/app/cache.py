"""JSON in Redis. A cache that is away, or holds rubbish, is a cache miss."""
import json
import logging

import redis

logger = logging.getLogger(__name__)


class JsonCache:
    def __init__(self, client: redis.Redis, ttl: int = 300):
        self.client = client
        self.ttl = ttl

    def load(self, key: str):
        try:
            raw = self.client.get(key)
            return None if raw is None else json.loads(raw)
        except ValueError:
            logger.warning("cache read of %s failed", key, exc_info=True)
            return None

    def save(self, key: str, value) -> None:
        try:
            self.client.set(key, json.dumps(value), ex=self.ttl)
        except redis.RedisError:
            logger.warning("cache write of %s failed", key, exc_info=True)
