"""The bar above a page that is not what readers get now, and what keeps such a page from going further."""

from dataclasses import dataclass, field

from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

from postportal.web.security import content_security_policy


@dataclass(frozen=True)
class PreviewBanner:
    """What it says above the page. With a `way_back` it has the button for it."""

    label: str
    text: str
    notes: list[str] = field(default_factory=list)
    exit_url: str = ""
    # Inside a frame of the form, links open beside it: the frame may show nothing else.
    is_framed: bool = False


def make_private(response: HttpResponseBase) -> None:
    """Nobody keeps it, no search engine lists it, and no other site learns its address."""
    for name in ("Cache-Control", "Expires", "ETag", "Last-Modified"):
        response.headers.pop(name, None)
    add_never_cache_headers(response)
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "same-origin"


def make_inert(response: HttpResponseBase, *, is_framed: bool = False) -> None:
    """No form in it can be sent and no script runs. Only the staff side may frame it, and only where it asks to."""
    make_private(response)
    ancestors = "'self'" if is_framed else "'none'"
    response.headers["Content-Security-Policy"] = content_security_policy(
        script_src=["'none'"], connect_src=["'none'"], form_action=["'none'"], frame_ancestors=[ancestors]
    )
    if is_framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
