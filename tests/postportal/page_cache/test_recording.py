import datetime as dt
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from news.models import Article
from postportal.page_cache.page_cache import PageCache
from postportal.page_cache.watched import labels_by_table, watched_models
from tests.factories.images import image
from tests.factories.news import article, mention, organization, person, section
from tests.factories.pages import menu_item, page
from tests.factories.services import hotline, stamp, stamp_issue
from tests.page_caches import ask, is_kept, page_cache

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cache(settings: Settings) -> Iterator[PageCache]:
    settings.DEBUG = True
    with page_cache() as made:
        yield made


def test_every_kind_of_page_is_kept(cache: PageCache) -> None:
    row = article(tags=["Mail"], lead_image=image())
    subjects = [person(), organization()]
    for subject in subjects:
        mention(subject, article=row)
    hotline(is_on_every_page=True)
    issue = stamp_issue(year=2027)
    stamp(issue)
    rows = [row, row.section, *subjects, issue, page()]
    urls = [each.get_absolute_url() for each in rows]
    urls += [f"{each.get_absolute_url()}news/" for each in subjects]
    urls += ["/", "/news/", "/news/2021/", "/news/2021/12/", "/news/2021/12/08/", "/news/tag/mail/", "/people/"]
    urls += ["/organizations/", "/services/", "/services/hotlines/", "/stamps/", "/sitemap/", "/feeds/news.atom"]
    urls += [f"{issue.get_absolute_url()}1/", "/zh-hans/", "/zh-hans/news/"]

    found = {url: [ask(cache, url).outcome for _ in range(2)] for url in urls}

    assert {url: outcomes for url, outcomes in found.items() if outcomes != ["miss", "hit"]} == {}


def test_new_article_drops_only_the_pages_that_show_it_or_its_list(cache: PageCache) -> None:
    days = [dt.date(2026, 1, n) for n in range(1, 8)]
    rows = [article(section=section("Old" if n < 6 else "New"), dateline_on=day) for n, day in enumerate(days)]
    last, urls = rows[5].get_absolute_url(), [row.get_absolute_url() for row in rows[:5]]
    urls += ["/people/", "/stamps/", "/news/section/old/", last, "/news/section/new/", "/news/", "/"]
    for url in urls:
        ask(cache, url)
    article(section=section("New"), dateline_on=dt.date(2026, 2, 1))

    kept = {url: is_kept(cache, url) for url in urls}

    assert [url for url in urls if not kept[url]] == ["/news/section/new/", "/news/", "/"]


def test_draft_of_another_item_drops_no_article(cache: PageCache) -> None:
    row = article()
    ask(cache, row.get_absolute_url())
    image("A new picture")
    page()

    assert is_kept(cache, row.get_absolute_url())


def test_new_title_of_an_old_article_drops_only_the_pages_that_show_it(cache: PageCache) -> None:
    days = [dt.date(2026, 1, n) for n in range(1, 25)]
    rows = [article(section=section(f"Section {day.day}"), dateline_on=day) for day in days]
    Article.objects.filter(pk=rows[-1].pk).update(is_featured=True)
    old, url_of_old = rows[0], rows[0].get_absolute_url()
    urls = ["/", "/news/", "/news/?page=2", "/news/2026/", rows[10].get_absolute_url(), "/news/section/section-9/"]
    for url in [*urls, url_of_old]:
        ask(cache, url)
    old.title = "Corrected"
    old.save()

    assert [url for url in [*urls, url_of_old] if not is_kept(cache, url)] == ["/news/?page=2", url_of_old]


def test_number_of_another_year_changes_a_list(cache: PageCache) -> None:
    article(dateline_on=dt.date(2026, 1, 1))
    moved = article(dateline_on=dt.date(2025, 1, 1))
    before = [ask(cache, "/news/2026/").body for _ in range(2)]
    type(moved).objects.filter(pk=moved.pk).update(dateline_on=dt.date(2024, 1, 1))

    assert [b"/news/2024/" in body for body in [*before, ask(cache, "/news/2026/").body]] == [False, False, True]


def test_page_with_a_frame_from_another_page_depends_on_what_is_in_the_frame(cache: PageCache) -> None:
    urls = [article().get_absolute_url(), "/people/", "/stamps/"]
    for url in urls:
        ask(cache, url)
    were_kept = [is_kept(cache, url) for url in urls]
    menu_item("Timetable", "/about/")

    assert were_kept == [True] * 3
    assert [b"Timetable" in ask(cache, url).body for url in urls] == [True] * 3


def test_tables_of_tags_and_numbers_are_watched() -> None:
    tables = labels_by_table()

    assert tables["tags_formerslug"] == ("tags.formerslug",)
    assert "tags.formerslug" in watched_models()
    assert tables["news_articlecount"] == ("news.article",)


def test_article_moved_past_a_page_of_a_list_changes_it(cache: PageCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.views.articles.ArticleList.paginate_by", 2)
    rows = [article(dateline_on=dt.date(2026, 1, n)) for n in range(2, 9)]
    url = "/news/?page=2"
    before = [ask(cache, url).body for _ in range(2)]
    Article.objects.filter(pk=rows[-1].pk).update(dateline_on=dt.date(2026, 1, 1))
    entering = rows[2].get_absolute_url().encode()

    assert [entering in body for body in [*before, ask(cache, url).body]] == [False, False, True]


def test_newer_article_with_the_same_tag_enters_the_page_of_an_article(cache: PageCache) -> None:
    url = article(section=section("Old"), tags=["Tibet"], dateline_on=dt.date(2026, 1, 1)).get_absolute_url()
    # Not the section itself, which would be a change, too.
    other = article(section=section("Other"), dateline_on=dt.date(2026, 1, 2)).section
    before = [ask(cache, url).body for _ in range(2)]
    article("Pass opens", section=other, tags=["Tibet"], dateline_on=dt.date(2026, 1, 3))

    assert [b"Pass opens" in body for body in [*before, ask(cache, url).body]] == [False, False, True]


def test_article_that_enters_the_lists_of_its_tag_and_person_changes_them(
    cache: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("news.views.articles.ArticleList.paginate_by", 2)
    subject = person()
    rows = [article(f"Pass {n}", tags=["Tibet"], dateline_on=dt.date(2026, 1, n)) for n in range(1, 5)]
    for row in rows:
        mention(subject, article=row)
    urls = ["/news/tag/tibet/", f"{subject.get_absolute_url()}news/"]
    before = [b"Pass 1" in ask(cache, url).body for url in urls for _ in range(2)]
    Article.objects.filter(pk=rows[0].pk).update(dateline_on=dt.date(2026, 1, 9))

    assert before == [False] * 4
    assert [b"Pass 1" in ask(cache, url).body for url in urls] == [True, True]
