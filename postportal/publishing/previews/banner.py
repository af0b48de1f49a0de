"""The banner above a previewed page, and the headers that keep the page private and inert."""

from dataclasses import dataclass, field

from django.http.response import HttpResponseBase

from postportal.web.private_responses import make_private
from postportal.web.security import content_security_policy


@dataclass(frozen=True)
class PreviewBanner:
    """Text of the banner. With an `exit_url` it has a button to leave the preview."""

    label: str
    text: str
    notes: list[str] = field(default_factory=list)
    exit_url: str = ""
    # In the preview frame of the form, links open in a new tab: the frame may show nothing else.
    is_framed: bool = False


def make_inert(response: HttpResponseBase, *, is_framed: bool = False) -> None:
    """Disable forms and scripts. Only pages of the portal may frame the response, and only if `is_framed`."""
    make_private(response)
    ancestors = "'self'" if is_framed else "'none'"
    response.headers["Content-Security-Policy"] = content_security_policy(
        script_src=["'none'"], connect_src=["'none'"], form_action=["'none'"], frame_ancestors=[ancestors]
    )
    if is_framed:
        response.headers["X-Frame-Options"] = "SAMEORIGIN"
