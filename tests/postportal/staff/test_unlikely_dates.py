import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from postportal.publishing.models import Edition
from postportal.publishing.versions.revisions import current_version
from postportal.staff.unlikely_dates import years_after
from tests.factories import editorial, news, releases, services, staff
from tests.factories.forms import fill_form
from tests.postportal.publishing.admin.test_release import take_step

pytestmark = pytest.mark.django_db


def warnings(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]


@pytest.mark.parametrize(("years", "is_unlikely"), [(-80, False), (0, False), (1, False), (2, True), (900, True)])
def test_dateline_more_than_a_year_ahead_is_saved_with_a_warning(years: int, is_unlikely: bool) -> None:
    day = years_after(timezone.localdate(), years)
    browser, row = staff.sign_in(), editorial.draft_article("Night mail", by=staff.account("Author"))
    url = reverse("admin:news_article_change", args=[row.pk])

    answer = browser.post(url, fill_form(browser, url, dateline_on=day.isoformat()))

    assert answer.status_code == 302
    assert Article.objects.get(pk=row.pk).dateline_on == day
    assert len(warnings(answer)) == is_unlikely


def test_warning_names_field_and_date_and_is_not_repeated() -> None:
    browser, row = staff.sign_in(), news.article()
    url = reverse("admin:news_article_change", args=[row.pk])

    first = browser.post(url, fill_form(browser, url, dateline_on="2921-12-08"))
    again = browser.post(url, fill_form(browser, url, title="Night mail at last"))

    assert warnings(first) == ["Check “Date”: 8 December 2921 is unusually far in the future."]
    assert (again.status_code, warnings(again)) == (302, [])


def test_warning_of_a_date_that_should_be_past_says_only_that() -> None:
    browser, row = staff.sign_in(), services.hotline()
    url = reverse("admin:services_hotline_change", args=[row.pk])

    answer = browser.post(url, fill_form(browser, url, verified_on="2921-12-08"))

    [warning] = warnings(answer)
    assert warning.endswith(": 8 December 2921 is in the future.")


def test_rows_inside_a_form_and_times_are_warned_of_too() -> None:
    browser, row = staff.sign_in(), services.hotline()
    services.short_code_number(row)
    services.opening_hours(row, days="2026-10-01")
    url = reverse("admin:services_hotline_change", args=[row.pk])
    page = browser.get(url).context
    name = next(
        form["valid_until"].html_name
        for inline in page["inline_admin_formsets"]
        for form in inline.formset.forms
        if "valid_until" in form.fields
    )

    answer = browser.post(url, fill_form(browser, url, publish_at="2921-12-08T10:00", **{name: "2921-10-01"}))

    assert warnings(answer) == [
        "Check “Public from”: 8 December 2921 is unusually far in the future.",
        "Check “Until”: 1 October 2921 is unusually far in the future.",
    ]


SOON, LATE = timezone.localdate() + dt.timedelta(days=30), dt.date(2921, 12, 8)
TIME_WARNING = "Check “Publication time”: 8 December 2921 is unusually far in the future."


@pytest.mark.parametrize(("day", "expected"), [(SOON, []), (LATE, [TIME_WARNING])])
def test_item_is_scheduled_from_its_form_with_a_warning(day: dt.date, expected: list[str]) -> None:
    browser, row = staff.sign_in(), editorial.draft_article("Night mail", by=staff.account("Author"), standfirst="S")
    url = reverse("admin:news_article_change", args=[row.pk])

    answer = browser.post(url, fill_form(browser, url, due_at=f"{day}T10:00:00", _step="schedule"))

    assert timezone.localdate(Edition.objects.get().due_at) == day
    assert warnings(answer) == expected


def test_time_that_the_item_is_not_scheduled_for_is_not_warned_of() -> None:
    browser, row = staff.sign_in(), editorial.draft_article("Night mail", by=staff.account("Author"), standfirst="S")
    url = reverse("admin:news_article_change", args=[row.pk])

    answer = browser.post(url, fill_form(browser, url, due_at=f"{LATE}T10:00:00", _step="publish"))

    assert (answer.status_code, warnings(answer)) == (302, [])


@pytest.mark.parametrize(("day", "expected"), [(SOON, []), (LATE, [TIME_WARNING])])
def test_item_is_scheduled_on_the_page_of_the_step_with_a_warning(day: dt.date, expected: list[str]) -> None:
    browser, row = staff.sign_in(), editorial.draft_article("Night mail", by=staff.account("Author"), standfirst="S")
    edition = Edition.objects.get()
    edition.planned_at = dt.datetime.combine(day, dt.time(2), tzinfo=dt.UTC)
    edition.save()
    url = reverse("admin:news_article_step", args=[row.pk, "schedule"])

    answer = browser.post(url, {"due_at": f"{day}T10:00:00", "_version": current_version(row)})

    assert timezone.localdate(Edition.objects.get().due_at) == day
    assert warnings(answer) == expected


@pytest.mark.parametrize(("day", "expected"), [(SOON, []), (LATE, [TIME_WARNING])])
def test_release_is_scheduled_with_a_warning(day: dt.date, expected: list[str]) -> None:
    row = releases.launch_release()

    answer = take_step(staff.sign_in(), row, "schedule", due_at=f"{day}T10:00:00")

    row.refresh_from_db()
    assert row.due_at is not None
    assert timezone.localdate(row.due_at) == day
    assert [str(each) for each in answer.context["messages"] if each.level_tag == "warning"] == expected


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [
        (dt.date(2024, 2, 29), 1, dt.date(2025, 3, 1)),
        (dt.date(2024, 2, 29), 4, dt.date(2028, 2, 29)),
        (dt.date(2023, 12, 31), 0, dt.date(2023, 12, 31)),
    ],
)
def test_years_are_counted_from_the_day(day: dt.date, years: int, later: dt.date) -> None:
    assert years_after(day, years) == later
