"""Error pages that the proxy sends itself, for requests that the application never gets or does not answer."""

import json
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import SiteSettings
from postportal.web.languages import html_language, localized_text


class ProxyError(NamedTuple):
    heading: str | Promise
    text: str | Promise

    @property
    def filled_text(self) -> str:
        return str(self.text) % {"limit": settings.REQUEST_MAX_MB}


_UNAVAILABLE = ProxyError(
    _("This site is not available at the moment"), _("It is being restarted or is very busy. Try again in a minute.")
)
PROXY_ERRORS: dict[int, ProxyError] = {
    400: ProxyError(_("The request is not valid"), _("Go back, or start from the home page.")),
    404: ProxyError(_("This file does not exist"), _("It may have been replaced. Go to the page it belongs to.")),
    413: ProxyError(
        _("The file is too large"), _("Go back and choose a smaller file. Up to %(limit)s MB can be uploaded.")
    ),
    414: ProxyError(_("The URL is too long"), _("Shorten it, or start from the home page.")),
    429: ProxyError(_("Too many requests"), _("There were too many requests from your network. Wait a minute.")),
    502: _UNAVAILABLE,
    503: _UNAVAILABLE,
    504: _UNAVAILABLE,
}


def write_error_pages(folder: Path, *, site: SiteSettings) -> int:
    """Write a page for each error and language, and JSON for the API, and return the number of files.

    The files are `<language>/<status>.html` and `api/<status>.json` (docs/deploy/nginx.conf)."""
    files: dict[str, str] = {}
    for status, error in PROXY_ERRORS.items():
        for code, _name in settings.LANGUAGES:
            with translation.override(code):
                files[f"{code}/{status}.html"] = _page(site, error)
        with translation.override(settings.LANGUAGE_CODE):
            detail = [{"loc": [], "msg": f"{error.heading}. {error.filled_text}", "type": "proxy"}]
        files[f"api/{status}.json"] = json.dumps({"detail": detail})
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return len(files)


def _page(site: SiteSettings, error: ProxyError) -> str:
    language = html_language(translation.get_language())
    context = {"name": localized_text(site, "name"), "brand": site.brand, "language": language, "path": ""}
    texts = {"heading": error.heading, "text": error.filled_text}
    return render_to_string("proxy_error.html", {**context, **texts})
