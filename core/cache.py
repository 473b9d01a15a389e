"""A Redis cache whose loss does not break the site."""

from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; with Redis gone a read finds nothing and a write is dropped, each logged once a call."""

    def _forgive(self, name: str, default: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(), name)(*args, **kwargs)
        except RedisError as problem:
            log.warning("cache_unreachable", call=name, problem=type(problem).__name__)
            return default

    def get(self, key, default=None, version=None):
        return self._forgive("get", default, key, default, version)

    def set(self, *args, **kwargs):
        return self._forgive("set", None, *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._forgive("add", True, *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._forgive("delete", False, *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._forgive("get_many", {}, *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._forgive("set_many", [], *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._forgive("incr", delta, key, delta, version)

    def touch(self, *args, **kwargs):
        return self._forgive("touch", False, *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._forgive("has_key", False, *args, **kwargs)
