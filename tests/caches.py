"""Cache settings of a portal without a working cache, and the policy of public pages."""

DEAD_CACHE = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}}
# Cache-Control of public pages.
SHARED = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=60"
