"""Check of the links in an item: to pages that readers do not get, and to places that the text does not have."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils import timezone
from django.utils.translation import gettext as _

from postportal.pages.broken_links import find_broken_paths
from postportal.publishing.checks import Fault
from postportal.richtext.handlers import rich_text_fields
from postportal.richtext.tree import Element, parse_html
from postportal.web.site_url import configured_origin


def link_faults(item: Any, user: Any) -> Iterator[Fault]:
    """Find dead links of the texts of the item: paths, full URLs of this site, and #anchors of the same text."""
    paths: list[tuple[str, str, str]] = []
    for name in rich_text_fields(type(item)):
        roots = [node for node in parse_html(getattr(item, name)) if isinstance(node, Element)]
        ids = {element.attributes["id"] for root in roots for element in root.walk() if "id" in element.attributes}
        for link in (link for root in roots for link in root.find("a")):
            url, words = link.attributes.get("href", ""), link.text().strip()
            if url.startswith("#"):
                if unquote(url[1:]) not in ids:
                    detail = _("“%(words)s” leads to a place that this text does not have.") % {"words": words}
                    yield Fault(_("Dead link"), detail, name, words)
            elif path := _own_path(url):
                paths.append((path, words, name))
    broken = find_broken_paths({path for path, _words, _name in paths}, timezone.now())
    for path, words, name in paths:
        if path in broken:
            detail = _("“%(words)s” leads to %(path)s, which readers cannot open.") % {"words": words, "path": path}
            yield Fault(_("Dead link"), detail, name, words)


def _own_path(url: str) -> str:
    """Return the path of a URL of this site, "" for others."""
    try:
        parts, own = urlsplit(url), urlsplit(configured_origin())
    except ValueError:
        return ""
    is_own = url.startswith("/") and not parts.netloc
    is_own_host = parts.scheme in {"http", "https"} and parts.netloc == own.netloc
    return parts.path or "/" if is_own or is_own_host else ""
