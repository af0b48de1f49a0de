"""Registry of the links on the HTML sitemap. Apps register theirs in their module `html_sitemap`."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from postportal.pages.models import Page

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Label and URL.
LabelAndUrl = tuple[str, str]


class LinkGroup(NamedTuple):
    label: "StrPromise"
    links: list[LabelAndUrl]


_sources: list[tuple[int, "StrPromise", Callable[[dt.datetime], Iterable[LabelAndUrl]]]] = []


def register_links(
    label: "StrPromise", *, order: int
) -> Callable[[Callable[[dt.datetime], Iterable[LabelAndUrl]]], Callable[[dt.datetime], Iterable[LabelAndUrl]]]:
    """Return a decorator that shows the links a function returns for a time under the heading `label`."""

    def add(links: Callable[[dt.datetime], Iterable[LabelAndUrl]]) -> Callable[[dt.datetime], Iterable[LabelAndUrl]]:
        _sources.append((order, label, links))
        return links

    return add


def link_groups(at: dt.datetime) -> list[LinkGroup]:
    """Return the groups of links to pages that are public at the time `at`, without empty groups."""
    found = [
        LinkGroup(label, list(links(at))) for _order, label, links in sorted(_sources, key=lambda source: source[0])
    ]
    return [group for group in found if group.links]


@register_links(_("About this site"), order=90)
def page_links(at: dt.datetime) -> list[LabelAndUrl]:
    rows = Page.objects.published(at).filter(language=get_language()).for_lists()
    return [(page.title, page.get_absolute_url()) for page in rows]
