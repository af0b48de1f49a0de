"""Headers of responses that are for one reader only, such as previews and calendars with a key."""

from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers


def make_private(response: HttpResponseBase, *, has_key: bool = False) -> None:
    """Keep the response from caches and search engines, and its URL from other sites. With `has_key`, the URL is a key:
    then the portal's own pages do not see it either."""
    if not (has_key and _is_kept_by_its_reader(response)):
        for name in ("Cache-Control", "Expires", "ETag", "Last-Modified"):
            response.headers.pop(name, None)
        add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer" if has_key else "same-origin"


def _is_kept_by_its_reader(response: HttpResponseBase) -> bool:
    """Return True for a calendar: the program that subscribes to it may keep it, and asks whether it has changed."""
    policy = response.headers.get("Cache-Control", "")
    return "private" in policy and "no-store" not in policy
