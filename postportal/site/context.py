"""Template context of every page: site name, menus, hotlines, notice."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from postportal.pages.models import ServiceNotice, SiteSettings
from postportal.pages.models.site_settings import COLOUR_FIELDS
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.previews.banner import PreviewBanner
from postportal.site.frame import Frame, MenuLink, load_frame
from postportal.web.kept_urls import kept_url
from postportal.web.languages import html_language, localized_text
from postportal.web.pagination import FIRST_PAGE, PAGE_NUMBER
from postportal.web.request_time import request_time
from postportal.web.site_url import absolute_url, site_origin
from services.hotline_states import HotlineState, states_on_every_page
from services.models import Hotline


class PageContext:
    """The variable `portal` of every template. Each property is loaded when a template first uses it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.path
        # Shown above previews, which are not what readers see now.
        self.banner: PreviewBanner | None = getattr(request, "banner", None)

    @cached_property
    def site(self) -> SiteSettings:
        return SiteSettings.for_request(self.request)

    @cached_property
    def name(self) -> str:
        return localized_text(self.site, "name")

    @cached_property
    def description(self) -> str:
        return localized_text(self.site, "description") or localized_text(self.site, "tagline")

    @cached_property
    def tagline(self) -> str:
        return localized_text(self.site, "tagline")

    @cached_property
    def contact_address(self) -> str:
        return localized_text(self.site, "contact_address")

    @cached_property
    def footer_text(self) -> str:
        return localized_text(self.site, "footer_text")

    @cached_property
    def register_numbers(self) -> list[str]:
        return self.site.register_numbers.splitlines()

    @cached_property
    def colours_css_url(self) -> str:
        """Return the URL of the stylesheet with the site's own colours. It names them, so it may be cached for long."""
        return f"{kept_url('colours_css')}?{''.join(getattr(self.site, name)[1:] for name in COLOUR_FIELDS)}"

    @cached_property
    def origin(self) -> str:
        return site_origin(self.request)

    @cached_property
    def language(self) -> str:
        """Return the language of the page as a BCP 47 tag."""
        return html_language(get_language() or settings.LANGUAGE_CODE)

    @cached_property
    def year(self) -> int:
        return timezone.localtime(request_time(self.request)).year

    @cached_property
    def today(self) -> Any:
        return timezone.localtime(request_time(self.request)).date()

    @cached_property
    def frame(self) -> Frame:
        return load_frame(self.site, at=request_time(self.request), year=self.year)

    @cached_property
    def menus(self) -> dict[str, list[dict[str, Any]]]:
        """Return the links of each menu by its place, each marked if it is the current page or above it."""
        return {place: self._mark_current(links) for place, links in self.frame.menus.items()}

    @property
    def hotlines(self) -> list[Hotline]:
        return self.frame.hotlines

    @property
    def hotlines_with_states(self) -> list[tuple[Hotline, HotlineState | None]]:
        """Return the hotlines of the frame, each with its state now if its hours are known. It runs a query."""
        states = states_on_every_page(request_time(self.request)) if self.hotlines else {}
        return [(hotline, states.get(hotline.pk)) for hotline in self.hotlines]

    @property
    def notice(self) -> ServiceNotice | None:
        return self.frame.notice

    def draw_once(self, part: Any, draw: Callable[[], str]) -> str:
        """Return what `draw` does, from an earlier page with the same frame and the same marks in the menus if there
        was one. `part` is the part of a template and everything that it shows beside the frame."""
        key = (part, self._marks)
        text = self.frame.fragments.get(key)
        if text is None:
            text = self.frame.keep(key, draw())
        return text

    @cached_property
    def _marks(self) -> tuple[Any, ...]:
        return tuple(
            (place, n, link["url"] == self.path)
            for place, links in self.menus.items()
            for n, link in enumerate(links)
            if link["is_current"]
        )

    def _mark_current(self, links: Iterable[MenuLink]) -> list[dict[str, Any]]:
        """Mark the links to this page and to pages above it. If there is none, mark the only one to the same part of
        the site: “2026 Stamps” for an issue of 2027."""
        marked = [{"label": link.label, "url": link.url, "is_current": self._is_current(link.url)} for link in links]
        if not any(link["is_current"] for link in marked):
            part = self.frame.part_of_site(self.path)
            same = [n for n, link in enumerate(links) if link.part == part != ""]
            if len(same) == 1:
                marked[same[0]]["is_current"] = True
        return marked

    def _is_current(self, url: str) -> bool:
        return self.path == url or (url not in ("/", self.frame.home) and self.path.startswith(url))

    @cached_property
    def can_look_ahead(self) -> bool:
        """Return whether the user may view the site as of a later time. Only admin templates use it."""
        return can_look_ahead(self.request.user)

    @cached_property
    def canonical(self) -> str:
        """Return the canonical URL of the page: without parameters other than the page number."""
        page = self.request.GET.get("page", "")
        number = f"?page={page}" if page not in FIRST_PAGE and PAGE_NUMBER.fullmatch(page) else ""
        return absolute_url(self.request, self.path + number)


def page_context(request: HttpRequest) -> dict[str, Any]:
    """Add the page context to every template. A view whose item has its own translations passes other `alternates`."""
    return {"portal": PageContext(request), "alternates": SimpleLazyObject(lambda: other_language_links(request))}


def other_language_links(request: HttpRequest) -> list[tuple[str, str, str]]:
    """Return (language tag, language name, URL) of this page in each other language."""
    return [
        (html_language(code), name, url)
        for code, name in settings.LANGUAGES
        if code != get_language() and (url := translate_url(request.path, code)) != request.path
    ]


class LanguageLink(NamedTuple):
    """Link of the language switch. `place` names where it leads if that is not a translation of this page."""

    tag: str
    name: str
    url: str
    place: str = ""


def language_switch(request: HttpRequest, alternates: Iterable[tuple[str, str, str]]) -> list[LanguageLink]:
    """Return a link to each other language: to the translation of this page with the same filters, or to the home page
    if there is none. The page number is left out: the list may be shorter in the other language."""
    urls = {tag: url for tag, _name, url in alternates}
    filters = request.GET.copy()
    filters.pop("page", None)
    query = f"?{filters.urlencode()}" if filters else ""
    links = []
    for code, name in settings.LANGUAGES:
        tag = html_language(code)
        if tag in urls:
            links.append(LanguageLink(tag, name, urls[tag] if "?" in urls[tag] else urls[tag] + query))
        elif code != get_language():
            with override(code):
                links.append(LanguageLink(tag, name, kept_url("home"), gettext("Home page")))
    return links
