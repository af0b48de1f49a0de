"""URLs of the old site."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_LABEL = r"(?:(?:url|address|link|source url|page|网址|地址|链接)\s*[:：]\s*)?"
_BARE_HOST = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/[^\s<>]*"
_URL = re.compile(rf"\s*{_LABEL}<?(?P<url>(?:https?:)?//[^\s<>]+|{_BARE_HOST})>?\s*\Z", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-_](?P<number>\d{1,2})(?P<end>\.[a-z]{3,5})\Z", re.IGNORECASE)
_MAX_URL_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class OldUrl:
    host: str
    path: str

    def __str__(self) -> str:
        return f"{self.host}{self.path}"

    @property
    def folder(self) -> str:
        """Return "report" for /html1/report/2001/3218-1.htm: the old site had a folder for each kind of page."""
        parts = [part for part in self.path.split("/") if part]
        names = [part for part in parts[:-1] if not re.fullmatch(r"html\d*|\d+|en|zh|cn", part, re.IGNORECASE)]
        return names[0].lower() if names else ""

    @property
    def page_number(self) -> int:
        """Return 2 for …/5854-2.htm, the second page of a long text, and 1 for any other URL."""
        match = _PAGE_NUMBER.search(self.path)
        return int(match["number"]) if match else 1

    def first_pages(self) -> list[str]:
        """Return the paths that the first page of this text can have."""
        return [_PAGE_NUMBER.sub(ending, self.path) for ending in (r"-1\g<end>", r"\g<end>")]


def read_url(line: str) -> OldUrl | None:
    """Read the whole line as a URL. Return None if it is something else."""
    match = _URL.match(line) if len(line) <= _MAX_URL_LENGTH else None
    if match is None:
        return None
    url = match["url"]
    try:
        parts = urlsplit(url if "//" in url[:8] else f"//{url}")
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return None
    if not host:
        return None
    path = parts.path or "/"
    return OldUrl(host, f"{path}?{parts.query}" if parts.query else path)
