"""Visibility of every public model, in every state, through every route of the site.

New models and routes are found by code. A route with parameters must be added to one of the tables below: then it is
requested for items in all states, and a view that forgets `public_or_404` fails here."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve, reverse
from django.utils import timezone, translation

from postportal.images.public_uses import find_public_use
from postportal.publishing.models import PubliclyTimed, Publishable, State
from postportal.site.sitemaps import SITEMAPS
from postportal.web.languages import Translated
from postportal.web.media_names import stem_of, stems_in
from services.stamp_lists import KINDS, MAKERS, TECHNIQUES, THEMES
from tests.factories import news, services
from tests.factories.public_items import FACTORIES, GONE, LISTED, WITH_PAGE, public_item, public_models, states
from tests.factories.shown_pictures import picture_columns, show_everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

Arguments = dict[str, Any]


def by_slug(row: Any) -> Arguments:
    return {"slug": row.slug}


# Routes about one item: label of its model, and the arguments for a row.
ITEM_ROUTES: dict[str, tuple[str, Callable[[Any], Arguments]]] = {
    "news:article": ("news.article", lambda row: {"day": row.dateline_on, "slug": row.slug}),
    "news:person": ("news.person", by_slug),
    "news:person_news": ("news.person", by_slug),
    "news:person_feed": ("news.person", lambda row: {"slug": row.slug, "feed_format": "atom"}),
    "news:person_vcard": ("news.person", by_slug),
    "news:organization": ("news.organization", by_slug),
    "news:organization_news": ("news.organization", by_slug),
    "news:leadership": ("news.organization", by_slug),
    "news:organization_feed": ("news.organization", lambda row: {"slug": row.slug, "feed_format": "rss"}),
    "pages:page": ("pages.page", lambda row: {"path": row.path}),
    "services:stamp_issue": ("services.stampissue", by_slug),
    "services:stamp_issue_calendar": ("services.stampissue", by_slug),
    "services:hotline_vcard": ("services.hotline", by_slug),
    "services:stamp": ("services.stampissue", lambda row: {"slug": row.slug, "position": 1}),
}
DAY = news.DAY
# Routes of lists, which have no item of their own, with arguments for lists that all items below belong to.
LIST_ROUTES: dict[str, list[Arguments]] = {
    "news:year": [{"year": DAY.year}],
    "news:month": [{"year": DAY.year, "month": DAY.month}],
    "news:day": [{"day": DAY}],
    "news:section": [{"slug": "news"}],
    "news:source": [{"slug": "china-post"}],
    "news:tag": [{"slug": "rail"}],
    "news:feed": [{"feed_format": name} for name in ("atom", "rss")],
    "news:year_feed": [{"year": DAY.year, "feed_format": "atom"}],
    "news:month_feed": [{"year": DAY.year, "month": DAY.month, "feed_format": "atom"}],
    "news:day_feed": [{"day": DAY, "feed_format": "atom"}],
    "news:section_feed": [{"slug": "news", "feed_format": "atom"}],
    "news:source_feed": [{"slug": "china-post", "feed_format": "atom"}],
    "news:tag_feed": [{"slug": "rail", "feed_format": "atom"}],
    "services:stamp_year": [{"year": services.FIRST_DAY.year}],
    "services:stamp_checklist": [{"year": services.FIRST_DAY.year}],
    "services:wns_sheet": [{"year": services.FIRST_DAY.year}],
    "services:stamp_year_calendar": [{"year": services.FIRST_DAY.year}],
    "services:notice_feed": [{"feed_format": name} for name in ("atom", "rss")],
    "services:stamp_feed": [{"feed_format": name} for name in ("atom", "rss")],
    **{f"services:stamp_{kind}_feed": [{"feed_format": name} for name in ("atom", "rss")] for kind in KINDS},
    "services:stamp_year_feed": [{"year": services.FIRST_DAY.year, "feed_format": "atom"}],
    "sitemap_section": [{"section": name} for name in SITEMAPS],
}
EXEMPT_ROUTES = {
    "api_not_found": "The error for URLs that do not exist.",
    "colours_css": "A stylesheet.",
    "document": "Serves documents (tests/postportal/documents/test_serving.py).",
    "document_captions": "Serves captions of recordings (tests/postportal/documents/test_recordings.py).",
    "favicon": "A redirect to a picture.",
    "media": "Serves pictures (tests/postportal/images/test_public_uses.py).",
    "metrics": "Numbers for whoever has the token (tests/postportal/site/test_metrics.py).",
    "preview_captions": "Captions for those who have the link (tests/postportal/site/test_preview_links.py).",
    "preview_document": "A document for those who have the link (tests/postportal/site/test_preview_links.py).",
    "preview_picture": "A picture for those who have the link (tests/postportal/site/test_preview_links.py).",
    "preview": "Shows unpublished content to those who have the link (tests/postportal/site/test_preview_links.py).",
}
# What makes a list of the issues that `make_item` makes.
STAMP_LISTS = {MAKERS: "?name=He+Lan", THEMES: "?theme=rail", TECHNIQUES: "?name=Offset"}
# The common word in the names of all items, so that searches find what they may find.
QUERIES = {
    "search": ["?q=hush"],
    "search_atom": ["?q=hush"],
    "search_csv": ["?q=hush"],
    "search_suggestions": ["?q=hus"],
    "api:search": ["?q=hush&page_size=100"],
    "api:listStamps": [f"?year={services.FIRST_DAY.year}"],
    "news:people": ["?q=hush"],
    "news:organizations": ["?q=hush"],
    # Without a query they are lists of the lists.
    **{f"services:stamp_{kind}": ["", query] for kind, query in STAMP_LISTS.items()},
    **{f"services:stamp_{kind}_feed": [query] for kind, query in STAMP_LISTS.items()},
}


def routes(patterns: Any = None, *, namespace: str = "", names: frozenset[str] = frozenset()) -> Iterator[Any]:
    """Yield the name and the parameters of every URL pattern outside the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if str(pattern.pattern).startswith("admin/"):
            continue
        parameters = names | set(pattern.pattern.converters) | set(pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, namespace=inner, names=parameters)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", parameters


ROUTES = dict(routes())
# Models with pages of their own.
PAGES = {label for label, _arguments in ITEM_ROUTES.values()} - {"services.hotline"}


def hidden_name(model: type[PubliclyTimed], state: str) -> str:
    """Return a name that all items share the first word of, and nothing else has the second."""
    return f"Hush Zq{model.__name__}{state.title().replace(' ', '')}"


def test_every_public_model_has_a_factory() -> None:
    assert {model._meta.label_lower for model in public_models()} == set(FACTORIES)


def test_every_route_with_parameters_is_in_one_table() -> None:
    tables: list[Any] = [ITEM_ROUTES, LIST_ROUTES, EXEMPT_ROUTES]
    listed = [name for table in tables for name in table]

    assert [name for name, parameters in ROUTES.items() if parameters and name not in listed] == []
    assert [name for name in listed if name not in ROUTES or listed.count(name) > 1] == []


@pytest.mark.parametrize("label", FACTORIES)
def test_every_page_of_a_model_is_an_item_route(label: str) -> None:
    for url in public_urls(public_item(label, "Hush")):
        path, _, anchor = url.partition("#")
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            name = resolve(path).view_name

        # A row shown at an anchor has no page of its own.
        assert anchor or ITEM_ROUTES[name][0] == label, f"{url} is not in ITEM_ROUTES for {label}"


@pytest.mark.parametrize("route", ITEM_ROUTES)
def test_route_of_an_item_shows_it_in_the_right_states(client: Client, route: str) -> None:
    label, arguments = ITEM_ROUTES[route]
    model = apps.get_model(label)
    can_be_gone = issubclass(model, Publishable)
    expected, found = {}, {}
    for state, fields in states(model).items():
        name = hidden_name(model, state)
        row = public_item(label, name, **fields)
        answer = client.get(reverse(route, kwargs=arguments(row)))
        status = 200 if state in WITH_PAGE else 410 if can_be_gone and state in GONE else 404
        # The page of a gone item says what it was. Nobody may know the others.
        expected[state] = (status, status != 404)
        found[state] = (answer.status_code, name in answer.text)

    assert found == expected


@pytest.mark.parametrize("route", ITEM_ROUTES)
def test_hidden_item_takes_as_many_queries_as_none(client: Client, route: str) -> None:
    """Otherwise the time of the answer would tell that there is an item, and serial numbers can be guessed."""
    label, arguments = ITEM_ROUTES[route]
    is_publishable = issubclass(apps.get_model(label), Publishable)
    fields = {"state": State.DRAFT, "publish_at": None} if is_publishable else {"publish_at": None}
    hidden = public_item(label, "Hush", **fields)
    url = reverse(route, kwargs=arguments(hidden))
    client.get(url)
    counts = []
    for address in (url, re.sub(r"row-\d+", "row-99999", url)):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 404
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_other_page_shows_a_hidden_item(client: Client, language: str) -> None:
    public = {label: make_item(label, "Hush everywhere", language, {}) for label in FACTORIES}
    secrets = []
    for model in public_models():
        for state, fields in states(model).items():
            if state not in LISTED:
                item = make_item(model._meta.label_lower, hidden_name(model, state), language, fields)
                connect(item, public)
                secrets += [hidden_name(model, state).split()[1], *public_urls(item)]
                secrets += [stem_of(picture.file.name) for picture in show_everywhere(item)]
    for item in public.values():
        show_everywhere(item)
    with translation.override(language):
        urls = {url: route for route in ROUTES for url in list_urls(route)}
        urls |= {reverse(route, kwargs=get(public[label])): route for route, (label, get) in ITEM_ROUTES.items()}
    answers = {url: client.get(url) for url in urls}
    texts = {url: answer.getvalue().decode() for url, answer in answers.items()}

    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 200} == {}
    for url, text in texts.items():
        assert [secret for secret in secrets if secret in text] == [], url
    # Pages, feeds, JSON-LD and Open Graph name only pictures that readers can load.
    stems = {stem for text in texts.values() for stem in stems_in(text)}
    assert len(stems) >= len({column.owner for column in picture_columns()})
    assert [stem for stem in stems if find_public_use(stem, at=timezone.now()) is None] == []
    # The public items are there, so the hidden ones could have been.
    shows_items = {route for url, route in urls.items() if "everywhere" in texts[url]}
    assert {*LIST_ROUTES, *QUERIES, *ITEM_ROUTES} - shows_items == set()
    sitemaps = "".join(text for url, text in texts.items() if urls[url] == "sitemap_section")
    assert [label for label in PAGES if public[label].get_absolute_url() not in sitemaps] == []


def make_item(label: str, name: str, language: str, fields: Arguments) -> Any:
    """Make an item with everything that puts it on the lists of LIST_ROUTES."""
    if issubclass(apps.get_model(label), Translated):
        fields = {"language": language, **fields}
    if label == "news.article":
        fields = {"tags": ["rail"], "source": news.source(), **fields}
    if label == "services.stampissue":
        fields = {"tags": ["rail"], "process": "Offset", **fields}
    row = public_item(label, name, **fields)
    if label == "services.stampissue":
        services.credit(row, name="He Lan")
        services.credit(row, name=name)
    return row


def connect(item: Any, public: dict[str, Any]) -> None:
    """Link the hidden item to public ones, whose pages would show it if it were public."""
    match item._meta.label_lower:
        case "news.person":
            news.mention(item, article=public["news.article"])
            news.appointment(person=item, position=news.position(item.slug, organization=public["news.organization"]))
            services.credit(public["services.stampissue"], name=item.slug, person=item)
        case "news.organization":
            news.mention(item, article=public["news.article"])
            news.appointment(person=public["news.person"], position=news.position(organization=item))
            public["services.stampissue"].partners.add(item)
            item.parent = public["news.organization"]
            item.save()
            services.service(organization=item)
        case "news.appointment":
            item.person = public["news.person"]
            item.save()
        case "news.handover":
            item.comes = public["news.person"]
            item.save()
        case "news.plannedchange":
            item.organization = public["news.organization"]
            item.save()
        case "services.stampissue":
            item.partners.add(public["news.organization"])


def list_urls(route: str) -> list[str]:
    if route in ITEM_ROUTES or route in EXEMPT_ROUTES:
        return []
    urls = [reverse(route, kwargs=arguments) for arguments in LIST_ROUTES.get(route, [{}])]
    return [url + query for url in urls for query in QUERIES.get(route, [""])]


def public_urls(row: Any) -> list[str]:
    """Return the URLs of the row and its children in every language, public or not."""
    if isinstance(row, Publishable):
        return list(row.public_urls())
    if not hasattr(row, "get_absolute_url"):
        return []
    urls = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            urls.append(row.get_absolute_url())
    return urls
