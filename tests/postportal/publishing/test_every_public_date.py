"""Every public page with rows at both ends of the calendar, and every URL with dates at and beyond them."""

import datetime as dt
import itertools
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, models
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone, translation
from pytest_django import Settings

from news.archive import count_archive
from news.models import Appointment, Article, Organization, OrganizationName, Succession
from postportal.pages.models import ServiceNotice
from postportal.publishing.models import Publishable, State
from postportal.web.converters import DayConverter, MonthConverter, YearConverter
from services.models import OpeningHours, StampIssue
from tests.factories import news
from tests.factories.public_items import FACTORIES
from tests.postportal.publishing.test_every_public_object import ITEM_ROUTES, LIST_ROUTES, ROUTES, list_urls, make_item

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_every_django]

LANGUAGES = [code for code, _name in django_settings.LANGUAGES]
A_DAY = dt.timedelta(days=1)
# Their dates say when something began and ended.
MODELS_WITH_PERIODS = {Appointment, Organization, ServiceNotice, StampIssue}
YEARS = [0, 1, 221, 999, 1000, 1599, 1600, 1839, 1840, 1969, 1970, 2999, 3000, 3021, 9998, 9999]


def limit(field: Any, *, is_last: bool) -> Any:
    """Return the first or last value of the field that a form accepts."""
    day = field.days[is_last]
    if is_last and field.is_end:
        day -= A_DAY  # The last day means “no end”.
    elif is_last and field.model in MODELS_WITH_PERIODS:
        day -= 2 * A_DAY  # The period begins before it ends.
    if not isinstance(field, models.DateTimeField):
        return day
    time = dt.time(23, 59, 59) if is_last else dt.time.min
    return timezone.make_aware(dt.datetime.combine(day, time))


def set_dates(row: Any, *, is_last: bool) -> None:
    """Set all dates of the row to one end of the calendar, as far as it stays public: nothing is published in 2999."""
    values = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DateField) and field.editable:
            values[field.name] = limit(field, is_last=is_last)
    values["publish_at"] = limit(row._meta.get_field("publish_at"), is_last=False)
    if not is_last:
        values["expire_at"] = None
    for name, value in values.items():
        setattr(row, name, value)
    if isinstance(row, Publishable):
        row.correction = "The year."
        row.changed_at = timezone.now()
    row.save()


def make_rows(language: str, *, is_last: bool) -> dict[str, Any]:
    rows = {label: make_item(label, "Hush everywhere", language, {}) for label in FACTORIES}
    for row in rows.values():
        set_dates(row, is_last=is_last)
    person, organization, article = (rows[f"news.{name}"] for name in ("person", "organization", "article"))
    news.mention(person, article=article)
    news.mention(organization, article=article)
    appointment = rows["news.appointment"]
    appointment.person, appointment.position = person, news.position(organization=organization)
    appointment.save()
    day = organization._meta.get_field("founded_on").days[int(is_last)]
    OrganizationName.objects.create(organization=organization, name="Hush before", until_on=day)
    Succession.objects.create(predecessor=organization, successor=news.organization("Hush after"), happened_on=day)
    day = limit(OpeningHours._meta.get_field("valid_from"), is_last=is_last)
    OpeningHours.objects.create(hotline=rows["services.hotline"], valid_from=day, valid_until=day, hours="22:00-04:00")
    return rows


def public_urls(rows: dict[str, Any]) -> Iterator[str]:
    for route, (label, arguments) in ITEM_ROUTES.items():
        yield reverse(route, kwargs=arguments(rows[label]))
    for route in ROUTES:
        yield from list_urls(route)
    article, issue = rows["news.article"], rows["services.stampissue"]
    for feed in ("", "_feed"):
        end = {"feed_format": "atom"} if feed else {}
        day = article.dateline_on
        yield reverse(f"news:year{feed}", kwargs={"year": day.year, **end})
        yield reverse(f"news:month{feed}", kwargs={"year": day.year, "month": day.month, **end})
        yield reverse(f"news:day{feed}", kwargs={"day": day, **end})
        yield reverse(f"services:stamp_year{feed}", kwargs={"year": issue.year, **end})


@pytest.mark.parametrize(
    ("language", "is_last", "zone"),
    [
        # Each value with each other one. What depends on three at once would be a rule of its own.
        (LANGUAGES[0], False, "Pacific/Kiritimati"),
        (LANGUAGES[0], True, "Pacific/Pago_Pago"),
        (LANGUAGES[1], False, "Pacific/Pago_Pago"),
        (LANGUAGES[1], True, "Pacific/Kiritimati"),
    ],
)
def test_every_page_shows_rows_at_the_ends_of_the_calendar(
    client: Client, settings: Settings, language: str, is_last: bool, zone: str
) -> None:
    settings.TIME_ZONE = zone
    rows = make_rows(language, is_last=is_last)
    with translation.override(language):
        urls = list(public_urls(rows))
    answers = {url: client.get(url) for url in urls}
    for answer in answers.values():
        answer.getvalue()

    missing = {url for url, answer in answers.items() if answer.status_code != 200}
    # LIST_ROUTES names lists of another year.
    assert {answers[url].status_code for url in missing} <= {404}
    assert not missing & set(list(urls)[: len(ITEM_ROUTES)] + list(urls)[-8:])


def date_arguments(route: str) -> Iterator[dict[str, Any]]:
    """Yield arguments for a route with dates at and beyond the ends of the calendar."""
    for year, month in itertools.product(YEARS, (1, 12)):
        given = {**(LIST_ROUTES.get(route) or [{}])[0], "slug": "news"}
        given |= {"year": year, "month": month, "day": dt.date(max(year, 1), month, 1 if month == 1 else 31)}
        yield {name: value for name, value in given.items() if name in ROUTES[route]}


def routes_with_dates() -> list[str]:
    return [route for route, parameters in ROUTES.items() if parameters & {"year", "month", "day"}]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_url_with_a_date_is_a_page_or_not_found(client: Client, language: str) -> None:
    make_rows(language, is_last=True)
    with translation.override(language):
        urls = {reverse(route, kwargs=kwargs) for route in routes_with_dates() for kwargs in date_arguments(route)}

    assert {url: status for url in urls if (status := client.get(url).status_code) not in (200, 404, 301)} == {}


@pytest.mark.parametrize("label", [label for label, _arguments in ITEM_ROUTES.values()])
def test_every_row_at_the_ends_has_a_url_that_leads_to_it(label: str) -> None:
    for is_last in (False, True):
        row = make_item(label, f"Hush {is_last}", "en", {})
        set_dates(row, is_last=is_last)

        page, is_row, _name = row.get_absolute_url().partition("#")
        assert resolve(page).view_name in ITEM_ROUTES or is_row


@pytest.mark.parametrize(
    ("converter", "values"),
    [
        (DayConverter(), [Article._meta.get_field("dateline_on").days.first, dt.date(2999, 12, 31)]),
        (YearConverter(), [1600, 1840, 2999]),
        (MonthConverter(), range(1, 13)),
    ],
)
def test_url_says_every_value_that_models_accept(converter: Any, values: Any) -> None:
    assert [converter.to_python(converter.to_url(value)) for value in values] == list(values)


def drop_date_checks(table: str) -> None:
    """Let the table keep any date, as in a database that something else has written to."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = 1")
            return
        for name, details in connection.introspection.get_constraints(cursor, table).items():
            if details["check"] and not details["unique"]:
                cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')


@pytest.fixture
def _unchecked_articles() -> Iterator[None]:
    drop_date_checks("news_article")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = 0")


@pytest.mark.usefixtures("_unchecked_articles")
@pytest.mark.parametrize(
    ("language", "day"),
    [
        # One before and one after the calendar in each language.
        (LANGUAGES[0], dt.date(1, 1, 1)),
        (LANGUAGES[0], dt.date(3021, 12, 8)),
        (LANGUAGES[1], dt.date(221, 12, 8)),
        (LANGUAGES[1], dt.date(9999, 12, 31)),
    ],
)
def test_lists_survive_a_row_that_no_form_accepts(client: Client, language: str, day: dt.date) -> None:
    rows = {label: make_item(label, "Hush everywhere", language, {}) for label in FACTORIES}
    Article.objects.bulk_create([bad := _copy(rows["news.article"], slug="bad", dateline_on=day)])
    bad.tags.add("rail")
    news.mention(rows["news.person"], article=bad)
    news.mention(rows["news.organization"], article=bad)
    with translation.override(language):
        urls = [url for route in ROUTES for url in list_urls(route)]
        urls += [reverse(route, kwargs=get(rows[label])) for route, (label, get) in ITEM_ROUTES.items()]
    answers = {url: client.get(url) for url in urls}

    assert {url: answer.status_code for url, answer in answers.items() if answer.status_code != 200} == {}


@pytest.mark.usefixtures("_unchecked_articles")
def test_archive_leaves_a_row_out_and_logs_it(caplog: pytest.LogCaptureFixture) -> None:
    news.article()
    news.article(dateline_on=dt.date(221, 12, 8))

    with caplog.at_level(logging.ERROR):
        archive = count_archive(at=timezone.now(), language="en")

    assert archive.years == {2021: 1}
    assert caplog.messages == ["1 articles are dated 0221, which no page of the archive can list."]


def _copy(article: Article, **changes: Any) -> Article:
    fields = {field.attname: getattr(article, field.attname) for field in article._meta.concrete_fields}
    return Article(**{**fields, "id": None, "external_id": None, "state": State.PUBLISHED, **changes})
