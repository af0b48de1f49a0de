"""Template context of every page: site name, menus, hotlines, notice."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext, override

from postportal.pages.models import MenuItem, ServiceNotice, SiteSettings
from postportal.pages.models.site_settings import COLOUR_FIELDS
from postportal.publishing.previews.as_of import can_look_ahead
from postportal.publishing.previews.banner import PreviewBanner
from postportal.web.languages import html_language, localized_text
from postportal.web.request_time import request_time
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
        return f"{reverse('colours_css')}?{''.join(getattr(self.site, name)[1:] for name in COLOUR_FIELDS)}"

    @cached_property
    def origin(self) -> str:
        return self.request.build_absolute_uri("/")[:-1]

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
    def menus(self) -> dict[str, list[dict[str, Any]]]:
        """Return the links of each menu by its place, each marked if it is the current page or above it."""
        menus: dict[str, list[dict[str, Any]]] = {place: [] for place in MenuItem.Place.values}
        for item in MenuItem.objects.in_order():
            url = _translate_menu_url(item.address_for_year(self.year))
            menus[item.place].append(
                {"label": item.label_for_year(self.year), "url": url, "is_current": self._is_current(url)}
            )
        return {place.replace("-", "_"): links for place, links in menus.items()}

    @cached_property
    def hotlines(self) -> list[Hotline]:
        return list(Hotline.objects.published(request_time(self.request)).in_service().for_page_context())

    @cached_property
    def notice(self) -> ServiceNotice | None:
        notices = ServiceNotice.objects.published(request_time(self.request)).filter(language=get_language())
        return notices.newest_first().first()

    @cached_property
    def can_look_ahead(self) -> bool:
        """Return whether the user may view the site as of a later time. Only admin templates use it."""
        return can_look_ahead(self.request.user)

    @cached_property
    def canonical(self) -> str:
        """Return the canonical URL of the page: without parameters other than the page number."""
        page = self.request.GET.get("page", "")
        number = f"?page={int(page)}" if page.isascii() and page.isdigit() and len(page) < 9 and int(page) > 1 else ""
        return self.request.build_absolute_uri(self.path + number)

    def _is_current(self, url: str) -> bool:
        home = _translate_menu_url("/")
        return self.path == url or (url not in ("/", home) and self.path.startswith(url))


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
                links.append(LanguageLink(tag, name, reverse("home"), gettext("Home page")))
    return links


def _translate_menu_url(url: str) -> str:
    """Return an English menu URL in the active language, unchanged if there is no such page."""
    language = get_language()
    if language == settings.LANGUAGE_CODE or not url.startswith("/"):
        return url
    # `translate_url` resolves in the active language, so the English URL is resolved in English.
    with override(settings.LANGUAGE_CODE):
        return translate_url(url, language or settings.LANGUAGE_CODE)
