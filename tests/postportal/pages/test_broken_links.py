"""Links in texts that lead nowhere."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from postportal.pages.broken_links import find_broken_paths
from postportal.publishing.models import State
from postportal.richtext.models import TextLink
from tests.caches import DEAD_CACHE
from tests.factories import news, pages, services, staff

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]
PAST, FUTURE = timezone.now() - dt.timedelta(days=1), timezone.now() + dt.timedelta(days=1)


def linked(address: str) -> str:
    return f'<p><a href="{address}">Timetable</a></p>'


def listed(role: str = "") -> list[tuple[str, str]]:
    entries = staff.sign_in(role=role).get("/admin/waiting/broken-links/").context["items"]
    return [(entry.text, entry.detail) for entry in entries]


def test_link_to_nothing_is_listed_until_it_is_corrected(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = news.article("Night mail", body=linked("/no-such-page/?a=b#part"))
    before = listed()

    with django_capture_on_commit_callbacks(execute=True):
        article.body = linked("/news/")
        article.save()

    assert (before, listed()) == ([("Night mail", "leads to /no-such-page/")], [])


def test_every_text_is_looked_at(django_capture_on_commit_callbacks: Commit) -> None:
    text = linked("/no-such-page/")
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Article", body=text)
        news.person("Zhou", biography=text)
        news.organization("Organization", description=text)
        pages.page("Page", body=text)
        services.service("Service", description=text)
        services.stamp_issue("Issue", slug="x", body=text, where_to_buy=linked("/neither/"))

    assert {text for text, _ in listed()} == {"Article", "Zhou Mei", "Organization", "Page", "Service", "Issue"}
    assert len(listed()) == 7
    assert {text for text, _ in listed("Author")} == {"Article", "Zhou Mei", "Organization"}


def test_texts_that_readers_do_not_see_are_left_alone(django_capture_on_commit_callbacks: Commit) -> None:
    text = linked("/no-such-page/")
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Draft", body=text, state=State.DRAFT)
        news.article("Embargo", body=text, publish_at=FUTURE)
        news.article("Expired", body=text, expire_at=PAST)
    assert TextLink.objects.count() == 3

    assert listed() == []


def test_count_is_kept_and_the_list_renews_it(django_capture_on_commit_callbacks: Commit) -> None:
    browser = staff.sign_in()

    def count() -> int:
        boxes = browser.get("/admin/").context["work_queues"]
        return {entry["queue"].name: entry["count"] for entry in boxes}["broken-links"]

    before = count()
    with django_capture_on_commit_callbacks(execute=True):
        news.article("Night mail", body=linked("/no-such-page/"))
    kept = count()
    listed()

    assert (before, kept, count()) == (0, 0, 1)
    cache.clear()
    assert count() == 1


def test_deleted_item_leads_nowhere_any_more(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        article = news.article(body=linked("/no-such-page/"))
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()

    assert TextLink.objects.count() == 0


def test_command_notes_what_was_there_before() -> None:
    news.article("Night mail", body=linked("/no-such-page/"))
    assert TextLink.objects.count() == 0

    call_command("update_text_links")
    call_command("update_text_links")

    assert [link.path for link in TextLink.objects.all()] == ["/no-such-page/"]
    assert str(TextLink.objects.get()) == "/no-such-page/"


DEAD = [
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
ALIVE = [
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


def test_addresses_are_judged_by_what_readers_find_there() -> None:
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

    assert find_broken_paths([*DEAD, *ALIVE], timezone.now()) == set(DEAD)


def test_link_to_what_is_under_embargo_is_alive_from_its_second_on() -> None:
    news.article(slug="hidden", publish_at=FUTURE)
    address = "/news/2021/12/08/hidden/"

    dead = [find_broken_paths([address], FUTURE + dt.timedelta(seconds=seconds)) for seconds in (-1, 0)]

    assert dead == [{address}, set()]


@pytest.mark.parametrize("address", ["/admin/", "/admin/waiting/broken-links/"])
def test_dead_cache_costs_the_count_its_speed_and_nothing_else(address: str, settings: Any) -> None:
    browser = staff.sign_in()
    settings.CACHES = DEAD_CACHE

    assert browser.get(address).status_code == 200
