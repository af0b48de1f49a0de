import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Model

from news.models import Appointment, Article, Organization, Person
from postportal.demo.content_files import DEMO_FOLDER, read_content
from postportal.demo.load import load_demo_content
from postportal.demo.run import LoadRun
from postportal.images.models import Image
from postportal.pages.models import MenuItem, Page, Redirect, ServiceNotice, SiteSettings
from postportal.publishing.models import State
from services.models import HolidayCalendar, Hotline, StampIssue
from tests.factories.public_items import public_models
from tests.postportal.demo.conftest import NOW

pytestmark = pytest.mark.usefixtures("demo")

LOADED_APPS = ["news", "services", "pages", "images", "documents"]


def loaded_rows() -> list[Model]:
    models = [model for app in LOADED_APPS for model in apps.get_app_config(app).get_models()]
    return [row for model in models for row in model._default_manager.order_by("pk")]


def dump_rows(rows: list[Model]) -> list[dict[str, Any]]:
    return [{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields} for row in rows]


def article(slug: str, *, language: str = "en") -> Article:
    return Article.objects.get(external_id=f"demo-{language}-{slug}")


def test_rows_are_valid() -> None:
    rows = loaded_rows()
    for row in rows:
        row.full_clean()
    assert len(rows) > 250


def test_every_content_type_has_rows() -> None:
    assert [model._meta.label for model in public_models() if not model._default_manager.exists()] == []


def test_second_load_creates_and_changes_nothing() -> None:
    before = dump_rows(loaded_rows())
    assert load_demo_content(now=NOW + dt.timedelta(days=100), include_accounts=True).created == {}
    assert dump_rows(loaded_rows()) == before


def test_second_load_keeps_edits_and_restores_deleted_rows() -> None:
    changed = article("fourth-postal-summit")
    changed.title, changed.slug = "Changed by an editor", "changed"
    changed.save()
    MenuItem.objects.exclude(label="News").delete()
    ServiceNotice.objects.exclude(link="").delete()
    Page.objects.get(path="terms", language="en").delete()
    assert load_demo_content(now=NOW, include_accounts=True).created == {"pages": 1}
    changed.refresh_from_db()
    assert changed.title == "Changed by an editor"
    assert MenuItem.objects.exclude(label="News").count() == 0


def test_created_rows_are_counted(demo: LoadRun) -> None:
    assert {
        name: demo.created[name] for name in ("articles", "people", "hotlines", "stamp issues", "pages", "users")
    } == {
        "articles": Article.objects.count(),
        "people": Person.objects.count(),
        "hotlines": Hotline.objects.count(),
        "stamp issues": StampIssue.objects.count(),
        "pages": Page.objects.count(),
        "users": 8,
    }


def test_summit_mentions_people_with_the_positions_of_its_date() -> None:
    summit = article("fourth-postal-summit")
    appointments = Appointment.objects.filter(person__mentions__article=summit).held_on(summit.dateline_on)
    positions: dict[str, list[str]] = {}
    for appointment in appointments.order_by("position__rank"):
        positions.setdefault(appointment.person.name, []).append(appointment.full_title)
    assert positions == {
        "Ma Junsheng": ["Director, State Post Bureau"],
        "Liu Aili": [
            "Chairman, China Post Group Corporation Limited",
            "Secretary of the Leading Party Members' Group, China Post Group Corporation Limited",
        ],
        "Leonia Tai": ["Postmaster General, Hongkong Post"],
        "Lau Wai Meng": ["Director, Macao Post and Telecommunications Bureau"],
        "Zhao Min": ["Deputy Director, State Post Bureau"],
        "Wen Shaoqi": ["Vice President, China Post Group Corporation Limited"],
    }
    assert summit.mentions.exclude(organization=None).count() == 8


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bishar A. Hussein", "bishar-hussein"),
        ("Bishar Abdirahman Hussein", "bishar-hussein"),
        ("Pascal Clivaz", "pascal-clivaz"),
        ("Pascal-Thierry Clivaz", "pascal-clivaz"),
        ("LEONIA TAI", "leonia-tai"),
        ("Liu Aili", "liu-aili"),
    ],
)
def test_person_is_found_by_every_name_on_the_old_pages(name: str, slug: str) -> None:
    assert Person.objects.with_name(name).get().slug == slug


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("CTT", "macao-post-and-telecommunications-bureau"),
        ("UPU", "universal-postal-union"),
        ("APPU", "asian-pacific-postal-union"),
        ("PSBC", "postal-savings-bank-of-china"),
        ("China Post", "china-post-group-corporation-limited"),
        ("Sai Cheng", "sai-cheng-logistics-international"),
        ("中国邮政", "china-post-group-corporation-limited"),
    ],
)
def test_organization_is_found_by_every_name_on_the_old_pages(name: str, slug: str) -> None:
    assert Organization.objects.with_name(name).get().slug == slug


def test_china_post_was_renamed() -> None:
    company = Organization.objects.get(slug="china-post-group-company")
    succession = company.successor_links.get()
    assert (succession.successor.name, succession.kind, succession.happened_on) == (
        "China Post Group Corporation Limited",
        "renamed",
        dt.date(2019, 12, 28),
    )


def test_unknown_stays_unknown() -> None:
    gengyin = StampIssue.objects.get(slug="gengyin-year")
    fields = ("year", "number", "issued_on", "stamp_count", "face_value", "kind", "size", "process")
    assert {name: getattr(gengyin, name) for name in fields} == dict.fromkeys(fields) | {
        "kind": "",
        "size": "",
        "process": "",
    }
    hotlines = Hotline.objects.exclude(service__slug="specimen-services")
    assert [(each.verified_on, each.languages, each.opening_hours.count()) for each in hotlines] == [(None, "", 0)] * 4


def test_holiday_calendar_has_seven_holidays_to_choose_at_once() -> None:
    """tests/browser/test_click_budgets.py counts the steps."""
    calendar = HolidayCalendar.objects.get()
    assert calendar.holidays.filter(works_as=None).count() == 7


def test_text_refers_to_a_hotline_and_shows_its_number() -> None:
    article = Article.objects.get(body__contains='href="hotline:')
    assert "11188" in article.body_text


def test_hotlines_can_be_dialled_as_shown() -> None:
    numbers = {
        hotline.slug: [(str(number), number.href, number.scope) for number in hotline.numbers.all()]
        for hotline in Hotline.objects.on_every_page(NOW.date()).exclude(service__slug="specimen-services")
    }
    assert numbers == {
        "postal-business": [("11185", "tel:11185", "domestic"), ("+86 10 11185", "tel:+861011185", "abroad")],
        "postal-savings": [("95580", "tel:95580", "domestic"), ("+86 10 95580", "tel:+861095580", "abroad")],
        "logistics-and-ems": [("11183", "tel:11183", "domestic"), ("+86 10 11183", "tel:+861011183", "abroad")],
        "china-post-life": [("400 890 9999", "tel:4008909999", "domestic")],
    }


def test_specimens_show_every_state() -> None:
    shown = Article.objects.published(NOW).filter(section__slug="specimens", language="en")
    hidden = Article.objects.filter(section__slug="specimens", language="en").exclude(pk__in=shown)
    assert {each.slug: (each.state, each.is_gone(NOW + dt.timedelta(days=1))) for each in hidden} == {
        "draft-night-market-counter": (State.DRAFT, False),
        "draft-spring-timetable": (State.DRAFT, False),
        "embargo-new-letter-boxes": (State.SCHEDULED, False),
        "release-summer-rounds": (State.DRAFT, False),
        "review-mountain-post-by-bicycle": (State.DRAFT, False),
        "scheduled-second-night-train": (State.PUBLISHED, False),
        "withdrawn-timetable": (State.UNPUBLISHED, True),
    }
    later = NOW + dt.timedelta(days=31)
    assert set(Article.objects.published(later).filter(section__slug="specimens", language="en")) - set(shown) == {
        article("embargo-new-letter-boxes"),
        article("scheduled-second-night-train"),
    }
    statuses = {issue.sale_status(NOW.date()) for issue in StampIssue.objects.published(NOW)}
    assert statuses == {"announced", "designs-shown", "issued", "on-sale", "off-sale", "cancelled", ""}


def test_specimens_say_that_they_are_fictional() -> None:
    words = ("fictional", "虚构")
    unmarked = [
        each.slug
        for each in Article.objects.filter(section__slug="specimens")
        if not any(word in each.standfirst + each.title for word in words)
    ]
    unmarked += [issue.slug for issue in StampIssue.objects.exclude(issuer=None) if words[0] not in issue.standfirst]
    people = Person.objects.exclude(portrait=None)
    unmarked += [person.slug for person in people if words[0] not in person.biography_text]
    assert unmarked == []


def test_rich_text_keeps_its_markup() -> None:
    body = article("night-mail-returns-to-the-mountain-line").body
    markup = ("<blockquote", "<table>", "<caption>", "<ul>", 'lang="zh-Hans"', '<a href="/stamps/2026-7/">', "<footer>")
    assert [tag for tag in markup if tag not in body] == []
    assert 'dir="rtl"' in article("notice-in-arabic-for-travellers").body


def test_chinese_articles_translate_an_english_article_of_the_same_date() -> None:
    articles = Article.objects.filter(language="zh-hans").select_related("translation_of")
    originals = {each.slug: each.translation_of for each in articles}
    assert {each.slug: each.dateline_on for each in articles} == {
        slug: original and original.dateline_on for slug, original in originals.items()
    }
    assert articles.count() == 10


def test_site_menus_and_sections_have_chinese_names() -> None:
    site = SiteSettings.load()
    items = MenuItem.objects.filter(label_zh="")
    sections = [entry["slug"] for entry in read_content("articles")["sections"] if not entry["name_zh"]]
    assert (site.name_zh != "", items.count(), sections) == (True, 0, [])
    assert Person.objects.get(slug="liu-aili").name_zh == "刘爱力"


def test_old_urls_redirect_to_the_current_pages() -> None:
    redirects = Redirect.objects.exclude(old_host="")
    broken = [str(redirect) for redirect in redirects if not redirect.destination(NOW)]
    assert (broken, redirects.count()) == ([], 19)
    redirect = Redirect.objects.get(old_path="/html1/report/2305/130-1.htm")
    assert redirect.target == article("liu-aili-meets-head-of-australia-post")


def test_pictures_are_credited_and_small_enough() -> None:
    assert set(Image.objects.values_list("credit", flat=True)) == {"Illustration: PostPortal"}
    pictures = sorted((DEMO_FOLDER / "pictures").iterdir())
    assert sum(file.stat().st_size for file in pictures) < 4_000_000
    assert [file.name for file in pictures] == sorted(entry["file"] for entry in read_content("pictures")["pictures"])
    assert [file.stem for file in pictures] == sorted(file.stem for file in (DEMO_FOLDER / "drawings").iterdir())


@pytest.mark.parametrize("field", ["description", "description_zh"])
def test_description_of_the_site_fits_search_results(field: str) -> None:
    assert 50 <= len(getattr(SiteSettings.load(), field)) <= 170
