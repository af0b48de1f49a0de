import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from news.archive import Archive, count_archive
from postportal.publishing.models import State
from tests.factories import news

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 11, 16, 8, 0, tzinfo=dt.UTC)


def count(**options: Any) -> Archive:
    return count_archive(at=AT, language="en", **options)


def archive_of(*days: str) -> Archive:
    for day in days:
        news.article(dateline_on=dt.date.fromisoformat(day))
    return count(with_months=True)


def test_articles_are_counted_by_section_year_and_month(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    messages, fleet = news.section("Messages", order=2), news.section("Fleet", order=1)
    news.section("Empty")
    for section, day in ((messages, "2019-05-20"), (fleet, "2021-12-08"), (fleet, "2021-12-31"), (fleet, "2021-01-01")):
        news.article(section=section, dateline_on=dt.date.fromisoformat(day))

    with django_assert_num_queries(2):
        archive = count(with_months=True)

    assert archive.sections == [(fleet, 3), (messages, 1)]
    assert list(archive.years.items()) == [(2021, 3), (2019, 1)]
    assert archive.months == {(2019, 5): 1, (2021, 1): 1, (2021, 12): 2}
    assert count(section=fleet).years == {2021: 3}
    assert archive.count(section=fleet, year=2021, month=None) == 3
    assert archive.count(section=None, year=2021, month=12) == 2


def test_article_is_counted_from_its_publication_until_it_expires() -> None:
    """To the second, without a change of the kept numbers."""
    end = AT + dt.timedelta(days=45)
    news.article(state=State.SCHEDULED, publish_at=AT, expire_at=end)
    second = dt.timedelta(seconds=1)

    moments = (AT - second, AT, end - second, end, end + dt.timedelta(days=100))

    assert [sum(count_archive(at=at, language="en").years.values()) for at in moments] == [0, 1, 1, 0, 0]


def test_other_languages_with_articles_are_known() -> None:
    news.article(language="zh-hans", dateline_on=dt.date(2019, 5, 20))

    assert count().periods_elsewhere == {"zh-hans": {2019}}
    assert count(with_months=True).periods_elsewhere == {"zh-hans": {2019, 201905}}


def test_neighbours_skip_periods_without_articles() -> None:
    archive = archive_of("2016-02-01", "2019-05-20", "2021-01-01", "2021-12-08")

    assert archive.months_in_year(2021) == [1, 12]
    assert (archive.year_before(2019), archive.year_after(2019)) == (2016, 2021)
    assert (archive.month_before(2021, 1), archive.month_after(2021, 1)) == ((2019, 5), (2021, 12))


def test_first_and_last_periods_have_one_neighbour() -> None:
    archive = archive_of("2019-05-20")

    assert (archive.year_before(2019), archive.year_after(2019)) == (None, None)
    assert (archive.month_before(2019, 5), archive.month_after(2019, 5)) == (None, None)
