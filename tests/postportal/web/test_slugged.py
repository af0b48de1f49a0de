import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Article, Organization, Person, Section, Source
from postportal.pages.models import Page
from postportal.publishing.models import State
from services.models import Hotline, Service, StampIssue
from tests.factories import news, pages, services

pytestmark = pytest.mark.django_db
DAY = dt.date(2021, 12, 8)


def made(row: Any) -> str:
    row.full_clean()
    row.save()
    return str(getattr(row, row.slug_field))


@pytest.mark.parametrize(
    ("row", "slug"),
    [
        (Article(title="邮车", dateline_on=DAY), "邮车"),
        (Article(title="★", dateline_on=DAY), "article-c1c1c6e7"),
        (Section(name="★", name_zh="星"), "星"),
        (Source(name="海港邮政报"), "海港邮政报"),
        (Organization(name="Harbour Post", name_zh="海港邮政"), "harbour-post"),
        (Person(family_name="刘", given_name="爱力"), "刘爱力"),
        (Person(family_name="Liu", given_name="Aili", name_zh="刘爱力"), "liu-aili"),
        (Person(family_name="...", name_zh="刘爱力"), "刘爱力"),
        (Service(name="函件"), "函件"),
        (StampIssue(title="高原邮路"), "高原邮路"),
        (StampIssue(title="1990"), "issue-1990"),
        (Page(title="关于我们"), "关于我们"),
        (Page(title="Static"), "page-static"),
        (Page(title="新闻 zh-hans"), "新闻-zh-hans"),
        (Page(title="zh-Hans"), "page-zh-hans"),
    ],
)
def test_blank_slug_is_made_from_the_name(row: Any, slug: str) -> None:
    if slug.startswith("article-"):
        assert made(row).startswith("article-")
    else:
        assert made(row) == slug


def test_hotline_gets_a_slug_from_its_purpose() -> None:
    assert made(Hotline(service=services.service(), purpose="函件")) == "函件"
    assert Hotline.objects.get().get_absolute_url() == "/services/hotlines/#%E5%87%BD%E4%BB%B6"


def test_same_titles_get_numbers() -> None:
    slugs = [made(Article(title="Weather notice", dateline_on=DAY)) for _ in range(3)]

    assert slugs == ["weather-notice", "weather-notice-2", "weather-notice-3"]
    assert made(Article(title="Weather notice", dateline_on=DAY + dt.timedelta(days=1))) == "weather-notice"
    assert made(Article(title="Weather notice", dateline_on=DAY, language="zh-hans")) == "weather-notice"
    assert [made(Page(title="About", language=code)) for code in ("en", "zh-hans", "en")] == [
        "about",
        "about",
        "about-2",
    ]
    assert [made(Person(family_name="Zhou")) for _ in range(2)] == ["zhou", "zhou-2"]


def test_typed_slug_that_is_taken_is_an_error_of_its_field() -> None:
    news.article("Night mail", dateline_on=DAY)
    pages.page(path="about")
    news.section("News")
    rows: list[Any] = [
        Article(title="Other", slug="night-mail", dateline_on=DAY),
        Page(title="Other", path="about"),
        Section(name="Other", slug="news"),
    ]

    for row in rows:
        with pytest.raises(ValidationError) as refusal:
            row.full_clean()
        assert list(refusal.value.message_dict) == [row.slug_field]
        assert "already uses this URL" in str(refusal.value)


def test_typed_slug_that_is_reserved_is_refused() -> None:
    with pytest.raises(ValidationError) as refusal:
        Page(title="Files", path="static").full_clean()

    assert refusal.value.message_dict == {"path": ["This URL is reserved. Choose another."]}


def test_blank_slug_of_a_stored_row_is_made_again() -> None:
    section = news.section("News")
    section.slug = ""

    assert made(section) == "news"


def test_row_that_moves_to_where_its_slug_is_taken_gets_a_number() -> None:
    news.article("Night mail", dateline_on=DAY)
    article = news.article("Night mail", dateline_on=DAY + dt.timedelta(days=1))
    article = Article.objects.get(pk=article.pk)
    article.dateline_on = DAY

    assert made(article) == "night-mail-2"


def test_row_that_moves_with_a_typed_slug_is_refused() -> None:
    news.article("Night mail", dateline_on=DAY)
    article = Article.objects.get(pk=news.article("Other", dateline_on=DAY + dt.timedelta(days=1)).pk)
    article.dateline_on, article.slug = DAY, "night-mail"

    with pytest.raises(ValidationError) as refusal:
        article.full_clean()

    assert list(refusal.value.message_dict) == ["slug"]


def test_slug_taken_at_the_same_moment_gets_the_next_number() -> None:
    article = Article(title="Night mail", dateline_on=DAY)
    article.full_clean()
    # Saved by somebody else after the check and before the write.
    news.article("Night mail", dateline_on=DAY)
    news.article("Night mail", dateline_on=DAY)

    article.save()

    assert article.slug == "night-mail-3"
    assert Article.objects.count() == 3


def test_typed_slug_taken_at_the_same_moment_is_not_changed() -> None:
    article = Article(title="Night mail", slug="night-mail", dateline_on=DAY)
    article.full_clean()
    news.article("Night mail", dateline_on=DAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        article.save()


def test_other_refusal_of_the_database_is_raised() -> None:
    news.source("Harbour Post")
    source = Source(name="harbour post", slug="")
    source.set_slug()

    with pytest.raises(IntegrityError), transaction.atomic():
        source.save()


def test_update_of_other_fields_makes_no_slug() -> None:
    article = Article.objects.create(state=State.DRAFT)
    article.title = "Night mail"

    article.save(update_fields=["title"])

    article.refresh_from_db()
    assert (article.title, article.slug) == ("Night mail", "")
