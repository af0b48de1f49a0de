import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from news.models import Section
from postportal.publishing.models import State
from postportal.search import index
from postportal.search.models import SitePage
from postportal.search.site_pages import sync_after_migration, sync_site_pages
from services.models import StampIssue
from tests.factories import news, services
from tests.postportal.search.test_results import AT, SECOND, find

pytestmark = [pytest.mark.django_db, pytest.mark.site_pages]


def urls(typed: str, *, at: dt.datetime = AT, language: str = "en") -> list[str]:
    return [hit.url for hit in find(typed, at=at, language=language)[0:20] if hit.kind.name == "site-page"]


def test_single_pages_are_found_in_both_languages_by_names_of_either() -> None:
    assert urls("contact")[0] == urls("投诉")[0] == "/contact/"
    assert (
        urls("热线", language="zh-hans")[0] == urls("hotline", language="zh-hans")[0] == "/zh-hans/services/hotlines/"
    )


def test_every_page_exists(client: Client) -> None:
    services.stamp_issue(issued_on=dt.date(2027, 1, 5))
    news.article()
    sync_site_pages()

    pages = SitePage.objects.exclude(path__startswith="/zh-hans/news/section/").order_by("pk")
    assert {page.path: client.get(page.path).status_code for page in pages} == {page.path: 200 for page in pages}
    # Every page has one in each language; the only article is English.
    paths = {page.path for page in pages}
    single = {"/", "/contact/", "/search/", "/sitemap/", "/people/", "/services/", "/services/hotlines/", "/stamps/"}
    assert (
        single | {"/zh-hans/contact/", "/organizations/", "/news/", "/stamps/2027/", "/zh-hans/stamps/2027/"} <= paths
    )
    assert len(paths) == 2 * len([path for path in paths if path.startswith("/zh-hans/")]) + 1


def test_programme_of_a_year_is_found_while_it_has_a_public_issue() -> None:
    issue = services.stamp_issue(issued_on=dt.date(2031, 1, 5), publish_at=AT, state=State.SCHEDULED)

    assert urls("stamps 2031", at=AT - SECOND)[:1] != ["/stamps/2031/"]
    assert urls("stamps 2031")[0] == "/stamps/2031/"

    StampIssue.objects.get(pk=issue.pk).delete()
    assert "/stamps/2031/" not in urls("stamps 2031")
    assert not SitePage.objects.filter(number=2031).exists()


def test_section_is_found_in_the_languages_that_have_articles() -> None:
    section = Section.objects.create(name="Tower letters", name_zh="塔楼来信", slug="tower")
    news.article(section=section, language="zh-hans")

    assert urls("tower letters") == []
    assert urls("塔楼来信", language="zh-hans")[0] == "/zh-hans/news/section/tower/"

    section.name = "Lighthouse letters"
    section.save()
    assert urls("lighthouse letters", language="zh-hans")[0] == "/zh-hans/news/section/tower/"


def test_stored_pages_follow_the_registry() -> None:
    SitePage.objects.filter(route="home").update(title="Old title")
    SitePage.objects.create(route="gone:view", language="en", title="Gone", path="/gone/")
    SitePage.objects.filter(route="search").delete()

    sync_after_migration()

    assert SitePage.objects.get(route="home", language="en").title == "Home page"
    assert SitePage.objects.filter(route="search").count() == 2
    assert not SitePage.objects.filter(route="gone:view").exists()
    assert index.check()[:2] == ([], [])


def test_nothing_is_done_before_the_tables_exist() -> None:
    class NoTables:
        def get_model(self, label: str) -> Any:
            raise LookupError(label)

    SitePage.objects.all().delete()
    sync_after_migration(apps=NoTables())
    assert not SitePage.objects.exists()
    sync_after_migration(apps=apps)
    assert SitePage.objects.exists()


def test_migration_of_another_database_changes_no_page() -> None:
    SitePage.objects.all().delete()

    sync_after_migration(using="target")

    assert not SitePage.objects.exists()
