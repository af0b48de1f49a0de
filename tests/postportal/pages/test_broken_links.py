"""Links in published texts to pages that readers cannot see."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from postportal.pages.broken_links import find_broken_paths
from postportal.publishing.models import State
from postportal.richtext.models import ExternalLink, TextLink
from tests.caches import DEAD_CACHE
from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]
PAST, FUTURE = timezone.now() - dt.timedelta(days=1), timezone.now() + dt.timedelta(days=1)


def text_with_link(url: str) -> str:
    return f'<p><a href="{url}">Timetable</a></p>'


def broken_links(role: str = "") -> list[tuple[str, str]]:
    entries = staff.sign_in(role=role).get("/admin/waiting/broken-links/").context["items"]
    return [(entry.text, entry.detail) for entry in entries]


def test_broken_link_is_listed_until_it_is_corrected(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = news.article("Night mail", body=text_with_link("/no-such-page/?a=b#part"))
    before = broken_links()

    with django_capture_on_commit_callbacks(execute=True):
        article.body = text_with_link("/news/")
        article.save()

    assert (before, broken_links()) == ([("Night mail", "links to /no-such-page/")], [])


def test_texts_of_all_models_are_checked(django_capture_on_commit_callbacks: Commit) -> None:
    text = text_with_link("/no-such-page/")
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Article", body=text)
        news.person("Zhou", biography=text)
        news.organization("Organization", description=text)
        pages.page("Page", body=text)
        services.service("Service", description=text)
        services.stamp_issue("Issue", slug="x", body=text, where_to_buy=text_with_link("/neither/"))

    assert {text for text, _ in broken_links()} == {"Article", "Zhou Mei", "Organization", "Page", "Service", "Issue"}
    assert len(broken_links()) == 7
    assert {text for text, _ in broken_links("Author")} == {"Article", "Zhou Mei", "Organization"}


def test_texts_that_are_not_public_are_not_checked(django_capture_on_commit_callbacks: Commit) -> None:
    text = text_with_link("/no-such-page/")
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Draft", body=text, state=State.DRAFT)
        news.article("Embargo", body=text, publish_at=FUTURE)
        news.article("Expired", body=text, expire_at=PAST)
    assert TextLink.objects.count() == 3

    assert broken_links() == []


def test_count_is_cached_and_renewed_by_the_list(django_capture_on_commit_callbacks: Commit) -> None:
    browser = staff.sign_in()

    def count() -> int:
        queues = browser.get("/admin/").context["work_queues"]
        return {entry["queue"].name: entry["count"] for entry in queues}["broken-links"]

    before = count()
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Night mail", body=text_with_link("/no-such-page/"))
    cached = count()
    broken_links()

    assert (before, cached, count()) == (0, 0, 1)
    cache.clear()
    assert count() == 1


def test_links_of_a_deleted_item_are_removed(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = news.article(body=text_with_link("/no-such-page/"))
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()

    assert TextLink.objects.count() == 0


def test_command_stores_the_links_of_existing_texts() -> None:
    news.article("Night mail", body=text_with_link("/no-such-page/"))
    assert TextLink.objects.count() == 0

    call_command("update_text_links")
    call_command("update_text_links")

    assert [link.path for link in TextLink.objects.all()] == ["/no-such-page/"]
    assert str(TextLink.objects.get()) == "/no-such-page/"


BROKEN = [
    "/news/2021/12/08/hidden/",
    "/news/2021/12/08/unpublished/",
    "/news/2021/12/09/shown/",
    "/news/2021/02/31/shown/",
    "/zh-hans/news/2021/12/08/shown/",
    "/people/nobody/",
    "/organizations/nothing/news/",
    "/news/section/nothing/",
    "/news/source/nothing/",
    "/news/tag/nothing/",
    "/stamps/nothing/",
    "/stamps/viaducts/2/",
    "/nothing",
    "/about/nothing/",
    "/gone.htm",
    "/to-hidden.htm",
]
WORKING = [
    "/",
    "/news/",
    "/news/2021/12/08/shown/",
    "/news/2021/12/08/shown",
    "/news/2021/12/08/withdrawn/",
    "/zh-hans/news/2021/12/08/%E9%82%AE%E8%BD%A6/",
    "/people/zhou-mei/",
    "/people/zhou-mei/news/",
    "/organizations/rail/",
    "/news/section/news/",
    "/news/source/china-post/",
    "/news/tag/night-mail/",
    "/stamps/viaducts/",
    "/stamps/viaducts/1/",
    "/about/",
    "/zh-hans/about/",
    "/services/hotlines/",
    "/media/images/x.webp",
    "/old.htm",
    "/to-shown.htm",
]


def test_path_is_broken_if_readers_find_no_page_there() -> None:
    shown = news.article(slug="shown", tags=["Night mail"], source=news.source())
    hidden = news.article(slug="hidden", publish_at=FUTURE)
    reason = {"withdrawal_reason": "Wrong."}
    news.article(slug="withdrawn", state=State.WITHDRAWN, **reason)
    news.article(slug="unpublished", state=State.UNPUBLISHED, **reason)
    news.article(slug="邮车", language="zh-hans")
    news.person("Zhou", slug="zhou-mei")
    news.organization("Rail", slug="rail")
    services.stamp(services.stamp_issue(slug="viaducts"))
    pages.page(path="about")
    pages.redirect("/old.htm", "/news/")
    pages.redirect("/to-shown.htm", shown)
    pages.redirect("/to-hidden.htm", hidden)
    pages.gone_redirect("/gone.htm")

    assert find_broken_paths([*BROKEN, *WORKING], timezone.now()) == set(BROKEN)


def test_link_to_an_item_under_embargo_works_from_its_publication() -> None:
    news.article(slug="hidden", publish_at=FUTURE)
    path = "/news/2021/12/08/hidden/"

    broken = [find_broken_paths([path], FUTURE + dt.timedelta(seconds=seconds)) for seconds in (-1, 0)]

    assert broken == [{path}, set()]


@pytest.mark.parametrize("url", ["/admin/", "/admin/waiting/broken-links/"])
def test_count_and_list_work_without_a_cache(url: str, settings: Any) -> None:
    browser = staff.sign_in()
    settings.CACHES = DEAD_CACHE

    assert browser.get(url).status_code == 200


def test_references_to_items_are_checked_and_named_without_their_titles(
    django_capture_on_commit_callbacks: Commit,
) -> None:
    draft, public = news.article("Merger", state=State.DRAFT), news.article("Boats")
    with django_capture_on_commit_callbacks(execute=True):
        pages.page("Old", body=text_with_link(f"article:{draft.pk}") + text_with_link(f"article:{public.pk}"))
        pages.page("Deleted", body=text_with_link("person:999"))

    assert sorted(broken_links()) == [("Deleted", "links to Person 999"), ("Old", f"links to Article {draft.pk}")]


def test_other_sites_that_did_not_answer_are_listed_with_the_day(django_capture_on_commit_callbacks: Commit) -> None:
    urls = [f"https://{name}.example/" for name in ("works", "moved", "error", "silent", "unchecked")]
    at = dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)
    for url, outcome in zip(urls, ("works", "moved", "error", "no answer"), strict=False):
        status = 404 if outcome == "error" else None
        ExternalLink.objects.create(url=url, outcome=outcome, status=status, checked_at=at)
    with django_capture_on_commit_callbacks(execute=True):
        pages.page("Abroad", body="".join(map(text_with_link, urls)))
        news.article("Draft", body=text_with_link(urls[3]), state=State.DRAFT)

    assert broken_links() == [
        ("Abroad", "links to https://error.example/, which answered with error 404 on 2 December"),
        ("Abroad", "links to https://silent.example/, which did not answer on 2 December"),
    ]
