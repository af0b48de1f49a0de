"""Registry of pages that are views rather than rows, such as the contact form and the stamps of a year, so that the
search finds them. Apps register theirs in their module `site_pages`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.apps import apps as installed
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Exists, F, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from postportal.search import index
from postportal.search.documents import Document
from postportal.search.kinds import SearchKind, register_kind
from postportal.search.models import SitePage

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

PAGE_FIELDS = ("title", "names", "lead", "path")


@dataclass(frozen=True)
class PageDescription:
    """Title, lead and URL arguments of a page in the active language, and other names for it in any language. `number`
    distinguishes the pages of one route."""

    title: "StrPromise | str"
    lead: "StrPromise | str" = ""
    names: tuple[str, ...] = ()
    arguments: tuple[Any, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class _Source:
    pages: Callable[[], Iterable[PageDescription]]
    # The rows that a page needs at a time to be public, filtered by OuterRef("number") and OuterRef("language").
    needs: Callable[[dt.datetime], QuerySet[Any]] | None = None
    models: frozenset[str] = field(default_factory=frozenset)


_sources: dict[str, _Source] = {}


def register_page(
    route: str, title: "StrPromise | str", *, lead: "StrPromise | str" = "", names: tuple[str, ...] = ()
) -> None:
    """Let the search find the page of a URL name without arguments."""
    _sources[route] = _Source(lambda: [PageDescription(title, lead, names)])


def register_pages(
    route: str,
    pages: Callable[[], Iterable[PageDescription]],
    *,
    needs: Callable[[dt.datetime], QuerySet[Any]],
    models: Collection[str],
) -> None:
    """Let the search find several pages of one URL name. `pages` is called in each language and also returns those that
    are not public; `needs` returns the public rows without which a page is hidden. Saving a row of `models` (labels)
    updates the pages; each must also have `update_pages` as an outbox handler."""
    _sources[route] = _Source(pages, needs, frozenset(models))


def update_pages(model: str, pks: Collection[int]) -> None:
    """Update the pages that depend on rows of this model. An outbox handler."""
    sync_site_pages([route for route, source in _sources.items() if model in source.models])


def sync_after_migration(*, using: str = DEFAULT_DB_ALIAS, apps: Any = installed, **kwargs: Any) -> None:
    """Update all pages after each migration: titles and routes come with the code. Another database than that of the
    portal is about to get its pages with all other rows."""
    if using != DEFAULT_DB_ALIAS:
        return
    labels = {"search.sitepage"}.union(*(source.models for source in _sources.values()))
    try:
        for label in labels:
            apps.get_model(label)
    except LookupError:
        return  # The tables of some app do not exist yet, or any more.
    sync_site_pages()


def sync_site_pages(routes: Collection[str] | None = None) -> None:
    """Make the stored pages of these routes, or all pages, match the registry, and reindex those that differ."""
    wanted = {(row.route, row.number, row.language): row for row in _registered_pages(routes)}
    stored = SitePage.objects.all() if routes is None else SitePage.objects.of_routes(*routes)
    changed, gone = [], []
    for row in stored.order_by("pk"):
        page = wanted.pop((row.route, row.number, row.language), None)
        if page is None:
            gone.append(row.pk)
        elif any(getattr(row, name) != getattr(page, name) for name in PAGE_FIELDS):
            page.pk = row.pk
            changed.append(page)
    with transaction.atomic():
        SitePage.objects.filter(pk__in=gone).delete()
        SitePage.objects.bulk_update(changed, PAGE_FIELDS)
        # Another process may have added the same page at the same moment.
        SitePage.objects.bulk_create(wanted.values(), ignore_conflicts=True)
        new = [row.pk for row in SitePage.objects.of_routes(*{route for route, _, _ in wanted}).order_by("pk")]
        index.reindex(SitePage._meta.label_lower, [*gone, *(row.pk for row in changed), *new])


def _registered_pages(routes: Collection[str] | None) -> Iterator[SitePage]:
    """Yield the pages of the registry in each language, with their titles in the other languages among their names."""
    rows: list[SitePage] = []
    titles: dict[tuple[str, int], list[str]] = defaultdict(list)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for route, source in _sources.items():
                if routes is None or route in routes:
                    for page in source.pages():
                        rows.append(_make_row(route, page, language))
                        titles[route, page.number].append(rows[-1].title)
    for row in rows:
        names = dict.fromkeys([*titles[row.route, row.number], *row.names.splitlines()])
        row.names = "\n".join(name for name in names if name and name != row.title)
        yield row


def _make_row(route: str, page: PageDescription, language: str) -> SitePage:
    return SitePage(
        route=route,
        number=page.number,
        language=language,
        title=str(page.title),
        names="\n".join(page.names),
        lead=str(page.lead),
        path=reverse(route, args=page.arguments),
    )


@register_kind
class SitePageSearchKind(SearchKind):
    name, label, label_singular, order = "site-page", _("Parts of this site"), _("Part of this site"), 70
    model = SitePage
    has_word_statistics = False

    def rows(self, at: dt.datetime) -> QuerySet[Any]:
        return SitePage.objects.filter(self._is_public(at))

    def hidden(self, at: dt.datetime) -> list[QuerySet[Any]]:
        return [SitePage.objects.exclude(self._is_public(at))]

    def documents(self, pks: Collection[int]) -> Iterator[Document]:
        for row in SitePage.objects.filter(pk__in=pks):
            yield Document(
                key=self.key(row.pk),
                titles=(row.title, *row.names.splitlines()),
                texts=(row.lead,),
                language=row.language,
            )

    def columns(self) -> dict[str, Any]:
        return {"title": F("title"), "lead": F("lead"), "slug": F("path"), "language": F("language")}

    def url(self, row: dict[str, Any]) -> str:
        path: str = row["slug"]
        return path

    def _is_public(self, at: dt.datetime) -> Q:
        dependent = {route: source.needs for route, source in _sources.items() if source.needs}
        condition = ~Q(route__in=dependent)
        for route, needs in dependent.items():
            condition |= Q(route=route) & Q(Exists(needs(at)))
        return condition
