import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.test.utils import override_script_prefix
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from postportal.pages.models import MenuItem, SiteSettings
from postportal.site import frame
from postportal.site.frame import load_frame
from services.models import Hotline, HotlineNumber
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 20, 4, tzinfo=dt.UTC)


def read(client: Client, url: str = "/no-such-page/") -> str:
    return client.get(url).content.decode()


def test_frame_is_made_once_and_read_with_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    pages.menu_item()
    services.short_code_number(services.hotline(is_on_every_page=True), short_code="11185")
    pages.notice()
    site = pages.site_settings()
    first = load_frame(site, at=NOW, year=2026)

    with django_assert_num_queries(1):
        assert load_frame(site, at=NOW, year=2026) is first


def test_changes_without_signals_are_shown_at_once(client: Client) -> None:
    item, site = pages.menu_item("Old label"), pages.site_settings(footer_text="Old footer")
    hotline = services.hotline("Old purpose", is_on_every_page=True)
    number = services.short_code_number(hotline, short_code="11185")
    assert all(text in read(client) for text in ("Old label", "Old footer", "Old purpose", "11185"))

    MenuItem.objects.filter(pk=item.pk).update(label="New label")
    SiteSettings.objects.filter(pk=site.pk).update(footer_text="New footer")
    Hotline.objects.filter(pk=hotline.pk).update(purpose="New purpose")
    HotlineNumber.objects.filter(pk=number.pk).update(short_code="11183")

    html = read(client)
    assert all(text in html for text in ("New label", "New footer", "New purpose", "11183"))
    assert not any(text in html for text in ("Old label", "Old footer", "Old purpose", "11185"))


def test_numbers_of_hotlines_are_in_order() -> None:
    second, first = services.hotline("Second", is_on_every_page=True, order=20), services.hotline("First", order=10)
    Hotline.objects.filter(pk=first.pk).update(is_on_every_page=True, service=second.service)
    services.short_code_number(second, short_code="222", order=20)
    services.short_code_number(second, short_code="111", order=10)

    hotlines = load_frame(SiteSettings.load(), at=NOW, year=2026).hotlines

    assert [(str(each), [str(number) for number in each.current_numbers]) for each in hotlines] == [
        ("First", []),
        ("Second", ["111", "222"]),
    ]
    assert str(hotlines[1].main_number) == "111"


def test_newest_notice_of_the_language_is_shown_until_its_second() -> None:
    pages.notice("Older", publish_at=NOW - dt.timedelta(days=1))
    pages.notice("Newer", publish_at=NOW, expire_at=NOW + dt.timedelta(seconds=1))
    pages.notice("中文", publish_at=NOW, language="zh-hans")
    moments = [NOW - dt.timedelta(seconds=1), NOW, NOW + dt.timedelta(seconds=1)]

    frames = [load_frame(SiteSettings.load(), at=moment, year=2026) for moment in moments]

    assert [str(each.notice) for each in frames] == ["Older", "Newer", "Older"]


def test_each_page_marks_its_own_part_of_the_menu(client: Client) -> None:
    pages.menu_item("News", "/news/")
    pages.menu_item("People", "/people/")

    marked = [read(client, url).split('aria-current="')[1:] for url in ("/news/", "/people/", "/news/", "/nowhere/")]

    assert [[part.split(">")[1].split("<")[0].strip() for part in parts] for parts in marked] == [
        ["News"],
        ["People"],
        ["News"],
        [],
    ]


def test_year_in_the_footer_is_that_of_the_page(client: Client) -> None:
    years = []
    for year in (2026, 2027):
        with time_machine.travel(dt.datetime(year, 6, 1, tzinfo=dt.UTC)):
            years.append(f"© {year}" in read(client))

    assert years == [True, True]


def test_links_have_the_prefix_of_the_request(client: Client) -> None:
    pages_read = []
    for prefix in ("/", "/portal/"):
        with override_script_prefix(prefix):
            pages_read.append(read(client))

    assert ['action="/search/"' in html for html in pages_read] == [True, False]


def test_sidebar_is_drawn_again_for_other_counts(client: Client) -> None:
    news.article(dateline_on=dt.date(2021, 12, 8))
    before = read(client, "/news/")
    news.article(dateline_on=dt.date(2021, 12, 9))

    assert [html.count("1 article") for html in (before, read(client, "/news/"))] == [2, 0]


def test_process_keeps_few_frames_and_fragments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "MAX_FRAMES", 2)
    monkeypatch.setattr(frame, "MAX_FRAGMENTS", 2)
    monkeypatch.setattr(frame, "_frames", {})
    site = SiteSettings.load()

    frames = [load_frame(site, at=NOW, year=year) for year in range(2020, 2025)]
    for number in range(5):
        frames[0].keep(number, str(number))

    assert (len(frame._frames), len(frames[0].fragments)) == (1, 1)


def test_menu_item_calls_the_number_of_the_day_of_its_hotline() -> None:
    hotline, hidden = services.hotline(), services.hotline(publish_at=NOW.replace(year=2999))
    services.short_code_number(hotline, valid_until=NOW.date())
    services.short_code_number(hotline, short_code="11200", valid_from=NOW.date() + dt.timedelta(days=1))
    services.short_code_number(hidden)
    pages.menu_item("Call {number}", f"hotline:{hotline.pk}", order=1)
    for order, missing in enumerate((hidden.pk, services.retired_hotline().pk, 999), start=2):
        pages.menu_item(f"Missing {missing}", f"hotline:{missing}", order=order)

    days = [NOW, NOW + dt.timedelta(days=1)]
    menus = [load_frame(SiteSettings.load(), at=at, year=2026).menus["header"] for at in days]

    assert [[(link.label, link.url) for link in menu] for menu in menus] == [
        [("Call 11185", "tel:11185")],
        [("Call 11200", "tel:11200")],
    ]


def test_menu_item_follows_what_it_refers_to_and_is_hidden_with_it(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    person, page = news.person("Ma", slug="ma"), pages.page(path="about")
    embargo = NOW + dt.timedelta(days=1)
    article = news.article(slug="boats", publish_at=embargo)
    addresses = [f"person:{person.pk}", f"page:{page.pk}", f"article:{article.pk}", "organization:999", "document:1"]
    for order, address in enumerate(addresses):
        pages.menu_item(f"Item {order}", address, order=order)
    type(person).objects.filter(pk=person.pk).update(slug="ma-lin")

    def urls(at: dt.datetime, language: str = "en") -> list[str]:
        with override(language):
            return [link.url for link in load_frame(SiteSettings.load(), at=at, year=2026).menus["header"]]

    before, then = [urls(embargo + dt.timedelta(seconds=seconds)) for seconds in (-1, 0)]

    assert before == ["/people/ma-lin/", "/about/"]
    assert then == [*before, article.get_absolute_url()]
    assert urls(NOW, "zh-hans")[0] == "/zh-hans/people/ma-lin/"
    SiteSettings.load()
    with django_assert_num_queries(7):
        # One for the settings, one for the frame, one for each kind.
        urls(NOW)


def test_kept_page_is_right_again_when_the_item_of_a_menu_is_renamed(client: Client) -> None:
    page = pages.page(path="about")
    pages.menu_item("About", f"page:{page.pk}")
    before = client.get("/news/").content.decode()

    page.path = "about-us"
    page.save()

    assert 'href="/about/"' in before
    assert 'href="/about-us/"' in client.get("/news/").content.decode()
