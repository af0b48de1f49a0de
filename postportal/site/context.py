"""What stands around every page: name, menus, hotlines, notice. Nothing is loaded before a template asks for it."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

from postportal.pages.models import MenuItem, ServiceNotice, SiteSettings
from postportal.pages.models.site_settings import COLOURS
from postportal.publishing.previews.as_of import may_look_ahead
from postportal.publishing.previews.banner import Bar
from postportal.web.languages import html_language, localized
from postportal.web.request_time import moment
from services.models import Hotline


class Furniture:
    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.path = request.path
        # Above pages that are not what readers get now.
        self.bar: Bar | None = getattr(request, "bar", None)

    @cached_property
    def site(self) -> SiteSettings:
        return SiteSettings.of(self.request)

    @cached_property
    def name(self) -> str:
        return localized(self.site, "name")

    @cached_property
    def description(self) -> str:
        return localized(self.site, "description") or localized(self.site, "tagline")

    @cached_property
    def tagline(self) -> str:
        return localized(self.site, "tagline")

    @cached_property
    def contact_address(self) -> str:
        return localized(self.site, "contact_address")

    @cached_property
    def footer_text(self) -> str:
        return localized(self.site, "footer_text")

    @cached_property
    def register_numbers(self) -> list[str]:
        return self.site.register_numbers.splitlines()

    @cached_property
    def colours_address(self) -> str:
        """The style sheet of the site's own colours; its address changes with them, so it may be kept for long."""
        return f"{reverse('colours')}?{''.join(getattr(self.site, name)[1:] for name in COLOURS)}"

    @cached_property
    def origin(self) -> str:
        return self.request.build_absolute_uri("/")[:-1]

    @cached_property
    def language(self) -> str:
        """The language of the page as HTML names it."""
        return html_language(get_language() or settings.LANGUAGE_CODE)

    @cached_property
    def year(self) -> int:
        return timezone.localtime(moment(self.request)).year

    @cached_property
    def today(self) -> Any:
        return timezone.localtime(moment(self.request)).date()

    @cached_property
    def menus(self) -> dict[str, list[dict[str, Any]]]:
        """The links of each place, with the one that leads here marked."""
        menus: dict[str, list[dict[str, Any]]] = {place: [] for place in MenuItem.Place.values}
        for item in MenuItem.objects.in_order():
            address = _in_language(item.address_in(self.year))
            menus[item.place].append(
                {"label": item.label_in(self.year), "address": address, "is_here": self._is_here(address)}
            )
        return {place.replace("-", "_"): links for place, links in menus.items()}

    @cached_property
    def hotlines(self) -> list[Hotline]:
        return list(Hotline.objects.published(moment(self.request)).in_service().for_furniture())

    @cached_property
    def notice(self) -> ServiceNotice | None:
        notices = ServiceNotice.objects.published(moment(self.request)).filter(language=get_language())
        return notices.newest_first().first()

    @cached_property
    def looks_ahead(self) -> bool:
        """Asked on the staff side only."""
        return may_look_ahead(self.request.user)

    @cached_property
    def canonical(self) -> str:
        """The address of this page as search engines shall keep it: without parameters, but for the page number."""
        page = self.request.GET.get("page", "")
        number = f"?page={int(page)}" if page.isascii() and page.isdigit() and len(page) < 9 and int(page) > 1 else ""
        return self.request.build_absolute_uri(self.path + number)

    def _is_here(self, address: str) -> bool:
        home = _in_language("/")
        return self.path == address or (address not in ("/", home) and self.path.startswith(address))


def furniture(request: HttpRequest) -> dict[str, Any]:
    """Context processor. A view whose item has translations of its own passes other `alternates`."""
    return {"portal": Furniture(request), "alternates": SimpleLazyObject(lambda: same_page_in_other_languages(request))}


def same_page_in_other_languages(request: HttpRequest) -> list[tuple[str, str, str]]:
    """(language tag, its name, address) of this page in the other languages."""
    return [
        (html_language(code), name, address)
        for code, name in settings.LANGUAGES
        if code != get_language() and (address := translate_url(request.path, code)) != request.path
    ]


def _in_language(address: str) -> str:
    """Menus are typed with English addresses; a reader of Chinese stays in Chinese where there is such a page."""
    language = get_language()
    if language == settings.LANGUAGE_CODE or not address.startswith("/"):
        return address
    # Which address is English depends on the active language, too.
    with override(settings.LANGUAGE_CODE):
        return translate_url(address, language or settings.LANGUAGE_CODE)
