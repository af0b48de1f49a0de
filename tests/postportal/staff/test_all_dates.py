"""Every form of the admin, with dates at the edge of the calendar in all of its date fields at once."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from news.models import Handover, OrganizationName, Succession
from postportal.publishing.models import Planned
from services.models import OpeningHours
from tests.factories import editorial, news, pages, services, staff
from tests.factories.forms import fill_form, form_values
from tests.factories.releases import release
from tests.postportal.staff.test_all_lists import FACTORIES

pytestmark = pytest.mark.django_db

EDGES = [
    *("0001-01-01", "0221-12-08", "1000-01-01", "1600-01-01", "1970-01-01"),
    *("2999-12-30", "2999-12-31", "3000-01-01", "9999-12-31", "9999-12"),
]
# One far east and one far west of UTC, where the first and the last day fall over the edge.
ZONES = ["Pacific/Kiritimati", "Pacific/Pago_Pago"]
EAST, WEST = ZONES
# What a whole form is sent: the first of all days, and those on each side of the range that is allowed.
SENT = [("0001-01-01", EAST), ("1600-01-01", WEST), ("2999-12-31", EAST), ("9999-12-31", WEST), ("9999-12", EAST)]
# The first and the last of all days fall over the edge in one zone only; the others have either.
DAYS_IN_ZONES = [
    *zip(EDGES, itertools.cycle(ZONES)),
    *(("0001-01-01", WEST), ("2999-12-31", WEST), ("9999-12-31", WEST)),
]


def organization_with_rows(number: int) -> Any:
    row = news.organization()
    OrganizationName.objects.create(organization=row, name=f"Rail Post {number}")
    Succession.objects.create(predecessor=news.organization(), successor=row)
    return row


def person_with_rows(number: int) -> Any:
    row = news.person()
    news.appointment(person=row)
    return row


def hotline_with_rows(number: int) -> Any:
    row = services.hotline()
    services.short_code_number(row)
    OpeningHours.objects.create(hotline=row, valid_from=news.DAY, valid_until=news.DAY, hours="closed")
    return row


def draft_article(number: int) -> Any:
    return editorial.draft_article(f"Draft {number}", by=staff.account("Author"))


ROWS: dict[str, Callable[[int], Any]] = {
    **FACTORIES,
    "news.organization": organization_with_rows,
    "news.person": person_with_rows,
    "services.hotline": hotline_with_rows,
}


def date_inputs(page: Any) -> dict[str, forms.Field]:
    """Return the date fields of the form and of the rows inside it, by their names in the page."""
    rows = [row for inline in page.context["inline_admin_formsets"] for row in inline.formset.forms]
    fields = [field for form in (page.context["adminform"].form, *rows) for field in form]
    kinds = (forms.DateField, forms.DateTimeField)
    return {field.html_name: field.field for field in fields if isinstance(field.field, kinds)}


def typed(field: forms.Field, day: str) -> str:
    return f"{day}T23:59:59" if isinstance(field, forms.DateTimeField) and day.count("-") == 2 else day


def refusals_without_words(field: forms.Field, zone: str) -> list[str]:
    """Return the days that the field neither takes nor refuses with a message."""
    broken = []
    for day in EDGES:
        try:
            with timezone.override(zone):
                field.clean(typed(field, day))
        except ValidationError as error:
            broken += [] if all(error.messages) else [day]
        except (ArithmeticError, TypeError, ValueError, KeyError) as error:
            broken.append(f"{day}: {error!r}")
    return broken


@pytest.mark.same_on_every_django
@pytest.mark.parametrize("label", ROWS)
def test_form_answers_every_date_in_words(settings: Settings, label: str) -> None:
    """Each field is asked about every day in both zones. The whole form is sent with those at which more than a field
    decides: one before all others, and the first and the last that are taken or refused."""
    browser, row = staff.sign_in(), ROWS[label](0)
    url = reverse(f"admin:{label.replace('.', '_')}_change", args=[quote(row.pk)])
    page = browser.get(url)
    inputs = date_inputs(page)
    if not inputs or not admin.site._registry[type(row)].has_change_permission(page.wsgi_request):
        return

    broken = {(name, zone): refusals_without_words(field, zone) for name, field in inputs.items() for zone in ZONES}
    assert {key: days for key, days in broken.items() if days} == {}

    values = form_values(page)
    for day, zone in SENT:
        settings.TIME_ZONE = zone
        dates = {name: typed(field, day) for name, field in inputs.items()}
        answer = browser.post(url, {**values, **dates})
        assert answer.status_code in (200, 302), (day, dates)
        if isinstance(row, Planned):
            # It may have been due, and cannot be changed after it was made.
            type(row)._default_manager.update(made_at=None, due_at=None)
        if answer.status_code == 302:
            # Saved: the next change is one of this version.
            values = fill_form(browser, url)
    assert browser.get(url).status_code == 200


def test_new_article_shows_a_preview_or_the_reason() -> None:
    browser, url = staff.sign_in(), reverse("admin:news_article_add")
    fields = fill_form(browser, url, title="Night mail")
    for day in EDGES:
        dates = {"dateline_on": day, "expire_at": f"{day}T10:00", "review_on": day}
        with transaction.atomic():
            preview = browser.post(reverse("admin:news_article_preview_new"), {**fields, **dates})
            saved = browser.post(url, {**fields, **dates})
            transaction.set_rollback(True)
        assert (preview.status_code, saved.status_code in (200, 302)) == (200, True), day


def test_appointment_is_saved_or_refused_in_words() -> None:
    browser, row = staff.sign_in(), news.appointment(from_on=dt.date(1600, 1, 1))
    url = reverse("admin:news_appointment_change", args=[row.pk])
    values, found, expected = fill_form(browser, url), {}, {}
    for day, precision in itertools.product(EDGES, ("day", "month", "year")):
        changes = {"until_on": day, "until_precision": precision, "from_precision": precision}
        with transaction.atomic():
            answer = browser.post(url, {**values, **changes})
            row.refresh_from_db()
            leaving = Handover.objects.filter(leaving=row).exists()
            found[day, precision] = (answer.status_code, row.until_on is not None, row.ends_before is not None, leaving)
            transaction.set_rollback(True)
        expected[day, precision] = answer_for(day)

    assert found == expected


def answer_for(day: str) -> tuple[int, bool, bool, bool]:
    """Return the status, whether the appointment ended, before which day, and whether the end is planned."""
    if day.startswith("9999") or day == "2999-12-31":
        return 302, False, False, False
    if day == "2999-12-30":
        # In the future: planned, and not shown before somebody has chosen when.
        return 302, False, False, True
    is_taken = "1600-01-01" <= day < "3000" and len(day) == 10
    return (302, True, True, False) if is_taken else (200, False, False, False)


def test_refused_year_is_explained_at_its_field() -> None:
    browser, row = staff.sign_in(), draft_article(1)
    url = reverse("admin:news_article_change", args=[row.pk])

    page = browser.post(url, fill_form(browser, url, dateline_on="0221-12-08"))

    errors = page.context["adminform"].form.errors
    assert errors == {"dateline_on": ["Enter a date from 1 January 1600 to 31 December 2999."]}


@pytest.mark.parametrize(("day", "zone"), DAYS_IN_ZONES)
def test_steps_and_releases_answer_every_time(settings: Settings, zone: str, day: str) -> None:
    settings.TIME_ZONE = zone
    browser, item = staff.sign_in(), editorial.submitted_article("Night mail", by=staff.account("Author"))
    planned = release("Spring")
    urls = [
        reverse("admin:news_article_step", args=[item.pk, "approve"]),
        reverse("admin:news_article_step", args=[item.pk, "schedule"]),
        reverse("admin:publishing_release_step", args=[planned.pk, "schedule"]),
        reverse("as_of"),
    ]

    for url in urls:
        for due_at in (day, f"{day}T00:00:00", f"{day}T23:59:59+00:00"):
            fields = {"due_at": due_at, "at": due_at, "_version": "1"}
            assert browser.post(url, fields).status_code < 500, (url, due_at)
    for at in (f"{day}T00:00:00Z", f"{day}T23:59:59-12:00"):
        assert browser.get(reverse("as_of"), {"at": at}).status_code < 500
        assert browser.get("/").status_code == 200
        assert browser.get(reverse("admin:calendar"), {"day": day}).status_code == 200


def test_menu_items_are_unaffected_by_dates_far_ahead() -> None:
    pages.menu_item("{year}")
    browser = staff.sign_in()

    answer = browser.post(reverse("as_of"), {"at": "2999-12-31T23:59:59"})

    assert answer.status_code == 302
    for url in ("/", "/news/", "/stamps/", "/people/", "/services/hotlines/", "/sitemap/", "/search/?q=mail"):
        assert browser.get(url).status_code == 200, url
