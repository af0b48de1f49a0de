"""Videos on other sites: a picture with a plain link, which says where it leads. Nothing is loaded from there."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

# In clean HTML: a figure whose picture is a link to another site.
_FIGURE = re.compile(
    r'<figure([^<>]*)>(<a (?:[^<>]*)?href="(https://[^"]*)"[^<>]*><img (?:[^<>"]|"[^"]*")*>)</a>', re.DOTALL
)


def video_site(url: str) -> str:
    """Return the site of a video, "" if its videos are not shown as such."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return host if parts.scheme == "https" and host in settings.VIDEO_SITES else ""


def mark_videos(html: str) -> str:
    """Return the clean text in which pictures that link to videos say so."""
    return _FIGURE.sub(_mark, html) if "<figure" in html and 'href="https://' in html else html


def _mark(figure: re.Match[str]) -> str:
    site = video_site(figure[3].replace("&amp;", "&"))
    if not site:
        return figure[0]
    label = escape(_("Video on %(site)s") % {"site": site})
    return f'<figure{figure[1]} class="external-video">{figure[2]}<span class="video-label">{label}</span></a>'
