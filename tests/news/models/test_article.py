import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from news.models import Article
from tests.factories import news

DAY = dt.date(2021, 12, 8)


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
        news.article("Night mail", dateline_on=DAY, slug="night-mail")


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
