import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from news.models import Article
from news.models.article import article_slug
from postportal.publishing.models import State
from tests.factories import news

DAY = dt.date(2021, 12, 8)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The 4th postal summit", "the-4th-postal-summit"),
        ("World Post Day, 2019!", "world-post-day-2019"),
        ("夜行邮车恢复开行", "夜行邮车恢复开行"),
        ("a" * 100, "a" * 80),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_slug_is_made_of_the_words_of_the_title(title: str, slug: str) -> None:
    assert article_slug(title) == slug


@given(st.text())
def test_every_title_gives_a_slug(title: str) -> None:
    slug = article_slug(title)

    assert 0 < len(slug) <= 80
    assert slug.strip("-_") == slug


@pytest.mark.django_db
def test_url_is_in_the_language_of_the_article() -> None:
    english = news.article("Night mail", dateline_on=DAY)
    chinese = news.article("夜行邮车", dateline_on=DAY, language="zh-hans", slug="night-mail")

    assert english.get_absolute_url() == "/news/2021/12/08/night-mail/"
    assert chinese.get_absolute_url() == "/zh-hans/news/2021/12/08/night-mail/"


@pytest.mark.django_db
def test_slug_is_unique_per_day_and_language() -> None:
    news.article("Night mail", dateline_on=DAY)
    news.article("Night mail", dateline_on=DAY + dt.timedelta(days=1))
    news.article("Night mail", dateline_on=DAY, language="zh-hans")

    with pytest.raises(IntegrityError), transaction.atomic():
        news.article("Night mail", dateline_on=DAY)


@pytest.mark.django_db
def test_earlier_and_later_articles_follow_newest_first() -> None:
    moments = [dt.datetime(2021, 12, 8, hour, tzinfo=dt.UTC) for hour in (8, 8, 9)]
    rows = [news.article(dateline_on=DAY, publish_at=moment) for moment in moments]
    rows.append(news.article(dateline_on=DAY + dt.timedelta(days=1), publish_at=moments[0]))
    newest = list(Article.objects.newest_first())

    assert newest == [rows[3], rows[2], rows[1], rows[0]]
    for place, article in enumerate(newest):
        assert list(Article.objects.earlier_than(article).newest_first()) == newest[place + 1 :]
        assert list(Article.objects.later_than(article).newest_first()) == newest[:place]


@pytest.mark.django_db
def test_translation_must_be_in_another_language() -> None:
    original = news.article("Night mail")
    copy = news.article("Night mail again", translation_of=original)

    with pytest.raises(ValidationError) as error:
        copy.full_clean()

    assert list(error.value.message_dict) == ["translation_of"]


@pytest.mark.django_db
def test_articles_in_other_languages_are_found_both_ways() -> None:
    english = news.article("Night mail")
    chinese = news.article("夜行邮车", language="zh-hans", translation_of=english)

    assert (list(english.in_other_languages()), list(chinese.in_other_languages())) == ([chinese], [english])


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "minutes"), [("", 1), ("word " * 441, 3), ("邮" * 801, 3)])
def test_reading_time_counts_words_and_chinese_characters(body: str, minutes: int) -> None:
    assert news.article(body=f"<p>{body}</p>").reading_minutes == minutes


@pytest.mark.django_db
def test_updated_at_is_set_only_by_changes_after_publication() -> None:
    moment = dt.datetime(2021, 12, 8, tzinfo=dt.UTC)
    changed_times = [None, moment, moment + dt.timedelta(hours=1)]

    rows = [news.article(publish_at=moment, changed_at=changed_at) for changed_at in changed_times]

    assert [row.updated_at for row in rows] == [None, None, changed_times[2]]


@pytest.mark.django_db
def test_related_articles_do_not_depend_on_the_number_searched_first(monkeypatch: pytest.MonkeyPatch) -> None:
    article = news.article("About", tags=["Rail", "Sea"])
    for days in range(8):
        tags = ["Rail"] if days in (5, 6) else ["Sea"] if days == 7 else ["Other"]
        news.article(f"{days} days ago", dateline_on=article.dateline_on - dt.timedelta(days=days), tags=tags)
    news.article("Hidden", state=State.DRAFT, tags=["Rail"])
    tags = list(article.tags.values_list("pk", flat=True))
    public, titles = Article.objects.published(timezone.now()), []
    for newest in (1, 6, 7, 8, 2000):
        monkeypatch.setattr("news.models.article.MAX_SEARCHED_FOR_RELATED", newest)
        titles.append([row.title for row in public.related_to(article, tags=tags, count=3)])

    assert titles == [["5 days ago", "6 days ago", "7 days ago"]] * 5
