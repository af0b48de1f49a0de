"""Settings of the cache that CACHE_URL names."""

from typing import Any


def cache_settings(env: Any) -> dict[str, Any]:
    """Return the settings for the environment, an `environ.Env`: by default, a cache in each process."""
    config: dict[str, Any] = env.cache_url("CACHE_URL", default="locmemcache://postportal")
    if not config["BACKEND"].endswith("RedisCache"):
        return config
    # A server that does not answer must cost no more than one that is down: the default of 5 seconds blocks threads.
    options = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, **config.get("OPTIONS", {})}
    return {**config, "OPTIONS": options}
