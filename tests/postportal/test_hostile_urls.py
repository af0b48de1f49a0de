"""Every page with hostile values in the parameters of its URL."""

import re

import pytest
from django.contrib import admin
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.models import Article
from tests.factories import news, services, staff
from tests.hostile_input import hostile

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

PARAMETERS = [
    *(
        "q",
        "page",
        "page_size",
        "type",
        "section",
        "source",
        "tag",
        "person",
        "organization",
        "year",
        "language",
        "theme",
    ),
    *(
        "letter",
        "status",
        "after",
        "before",
        "on",
        "at",
        "next",
        "format",
        "limit",
        "offset",
        "order",
        "foo__bar",
        "\x00",
    ),
]
ADMIN_PARAMETERS = [
    *("q", "p", "o", "e", "all", "_popup", "_to_field", "_changelist_filters", "pk", "id__exact", "state", "foo__bar"),
    *("title__regex", "created_at__year", "date", "language__exact", "day", "is_active__exact", "_autosave", "term"),
]
several = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
queries = st.dictionaries(
    st.sampled_from(PARAMETERS), st.lists(hostile, min_size=1, max_size=2), min_size=1, max_size=4
)
admin_queries = st.dictionaries(st.sampled_from(ADMIN_PARAMETERS), hostile, min_size=1, max_size=4)


def routes(namespaces: set[str]) -> list[str]:
    """Return the URLs of all named routes without parameters, of the site itself and of the namespaces."""
    resolver = get_resolver()
    names = [name for name in resolver.reverse_dict if isinstance(name, str)]
    for space, (_prefix, inner) in resolver.namespace_dict.items():
        names += [f"{space}:{name}" for name in inner.reverse_dict if isinstance(name, str) and space in namespaces]
    return sorted({url for name in names if (url := _url(name))})


def _url(name: str) -> str:
    try:
        url = reverse(name)
    except Exception:  # noqa: BLE001 - it has parameters
        return ""
    return "" if re.search(r"logout|i18n", url) else url


PUBLIC = [
    *("/stamps/2026/", "/news/2021/", "/news/section/news/", "/news/tag/rail/", "/people/liu-aili/news/"),
    *("/zh-hans/news/", "/zh-hans/search/", "/feeds/news.atom", "/feeds/stamps.rss", "/sitemap-articles.xml"),
]


@several
@given(query=queries, data=st.data())
def test_public_page_answers_every_query(query: dict[str, list[str]], data: st.DataObject) -> None:
    cache.clear()
    if not Article.objects.exists():
        row = news.article("Night mail", tags=["rail"], section=news.section("News"))
        news.mention(news.person("Liu", "Aili", slug="liu-aili"), article=row)
        services.stamp(services.stamp_issue(year=2026, number=7))
    url = data.draw(st.sampled_from([*routes({"news", "services", "pages", "api", "contact"}), *PUBLIC]))

    assert Client().get(url, query).status_code < 500


@several
@given(query=admin_queries, data=st.data())
def test_staff_page_answers_every_query(query: dict[str, str], data: st.DataObject) -> None:
    cache.clear()
    if not Article.objects.exists():
        news.article("Night mail")
    lists = [reverse(f"admin:{m._meta.label_lower.replace('.', '_')}_changelist") for m in admin.site._registry]
    url = data.draw(st.sampled_from([*lists, *routes({"admin"})]))

    assert staff.sign_in().get(url, query).status_code < 500


@several
@given(part=hostile, data=st.data())
def test_every_url_with_a_hostile_part_is_answered(part: str, data: st.DataObject) -> None:
    prefix = data.draw(
        st.sampled_from(
            [
                *("/", "/news/", "/news/section/", "/news/tag/", "/news/2026/", "/news/2026/03/20/", "/people/"),
                *(
                    "/organizations/",
                    "/stamps/",
                    "/stamps/2026-7/",
                    "/feeds/",
                    "/feeds/stamps/",
                    "/preview/",
                    "/media/",
                ),
                *("/zh-hans/", "/zh-hans/news/tag/", "/api/", "/calendar/", "/admin/news/article/", "/sitemap-"),
            ]
        )
    )

    assert Client().get(f"{prefix}{part}/").status_code < 500
