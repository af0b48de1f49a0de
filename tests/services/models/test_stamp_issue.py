import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from postportal.publishing.models import State
from services.models import StampIssue
from tests.factories import services

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 3, 20)
NOON = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("fields", "serial", "slug"),
    [
        ({"year": 2016, "number": 4}, "2016-4", "2016-4"),
        ({"year": 2016, "number": 4, "series": "T"}, "T2016-4", "t2016-4"),
        ({"year": 2016}, "", "mail-roads"),
        ({}, "", "mail-roads"),
    ],
)
def test_slug_is_made_from_the_serial_number_else_from_the_title(fields: dict, serial: str, slug: str) -> None:
    issue = StampIssue.objects.create(title="Mail Roads", **fields)

    assert (issue.serial, issue.slug) == (serial, slug)
    assert issue.get_absolute_url() == f"/stamps/{slug}/"


@pytest.mark.parametrize("title", ["2016", "Year not known"])
def test_title_like_a_programme_page_gets_another_slug(title: str) -> None:
    assert StampIssue.objects.create(title=title).slug == f"issue-{title.lower().replace(' ', '-')}"


@pytest.mark.parametrize("slug", ["2016", "year-not-known"])
def test_slug_of_a_programme_page_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        StampIssue(title="Mail roads", slug=slug).full_clean()

    assert refusal.value.message_dict == {"slug": ["This URL is reserved for a year of the stamp programme."]}


def test_issues_of_one_title_get_numbers() -> None:
    slugs = [StampIssue.objects.create(title="高原邮路").slug for _ in range(3)]

    assert slugs == ["高原邮路", "高原邮路-2", "高原邮路-3"]


@pytest.mark.parametrize(
    ("series", "slug"),
    [("特", "特2013-1"), ("个", "个2013-1"), ("T", "t2013-1"), ("T.", "t-2013-1"), ("★", "2013-1-2")],
)
def test_series_with_the_same_number_have_different_urls(series: str, slug: str) -> None:
    StampIssue.objects.create(title="Regular", year=2013, number=1)

    issue = StampIssue(title="Other", series=series, year=2013, number=1)
    issue.full_clean()
    issue.save()

    assert issue.slug == slug


def test_very_long_title_gets_a_shortened_slug() -> None:
    issue = StampIssue.objects.create(title="counterfeit " * 16)

    assert len(issue.slug) <= 110
    assert not issue.slug.endswith("-")


def test_year_comes_from_the_date_of_issue_without_a_serial_number() -> None:
    issue = services.stamp_issue(issued_on=DAY)
    assert issue.year == 2026

    issue.issued_on = dt.date(2027, 1, 5)
    issue.save()
    assert issue.year == 2027


def test_serial_number_keeps_its_year_whatever_the_date() -> None:
    assert services.stamp_issue(issued_on=dt.date(2027, 1, 5), year=2026, number=30).year == 2026


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"number": 4}, "Enter a serial number with its year, for example 2016-4."),
        ({"year": 2016, "number": 0}, "Enter a serial number with its year, for example 2016-4."),
        ({"year": 1839}, "Enter a year from 1840 to 2999."),
        ({"year": 3000}, "Enter a year from 1840 to 2999."),
        ({"face_value": Decimal(0)}, "Leave blank if the face value is unknown. It cannot be 0."),
        ({"face_value": Decimal(-1)}, "Leave blank if the face value is unknown. It cannot be 0."),
        ({"stamp_count": 0}, "Leave blank if the number of stamps is unknown. It cannot be 0."),
        (
            {"stamp_count": 0, "souvenir_sheet_count": 0},
            "Leave blank if the number of stamps is unknown. It cannot be 0.",
        ),
        ({"print_run": 0}, "Leave blank if the print run is unknown. It cannot be 0."),
        ({"issued_on": DAY, "sale_until": dt.date(2026, 3, 19)}, "The sale cannot end before the date of issue."),
    ],
)
def test_impossible_facts_are_rejected_by_form_and_database(fields: dict[str, Any], message: str) -> None:
    issue = StampIssue(title="Mail roads", slug="mail-roads", **fields)

    with pytest.raises(ValidationError) as refusal:
        issue.full_clean()
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        issue.save()


def test_serial_number_is_unique_in_its_series() -> None:
    services.stamp_issue(year=2016, number=4)
    services.stamp_issue(year=2016, number=4, series="T")
    double = StampIssue(title="Mail roads", slug="another", year=2016, number=4)

    with pytest.raises(ValidationError, match="Another issue already has this serial number"):
        double.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        double.save()


def test_unknown_serial_numbers_do_not_collide() -> None:
    for _ in range(2):
        StampIssue(title="Mail roads", slug=services.stamp_issue().slug + "x", year=2016, issued_on=None).save()

    assert StampIssue.objects.filter(year=2016, number=None).count() == 2


@pytest.mark.parametrize(
    ("stamps", "sheets", "composition", "words"),
    [
        (4, None, "4", "four stamps"),
        (4, 0, "4", "four stamps"),
        (1, None, "1", "one stamp"),
        (2, 1, "2+1", "two stamps and a souvenir sheet"),
        (16, 2, "16+2", "16 stamps and two souvenir sheets"),
        (0, 1, "", "a souvenir sheet"),
        (None, 1, "", "a souvenir sheet"),
        (None, None, "", ""),
    ],
)
def test_set_is_described_in_figures_and_words(
    stamps: int | None, sheets: int | None, composition: str, words: str
) -> None:
    issue = services.stamp_issue(stamp_count=stamps, souvenir_sheet_count=sheets)

    assert (issue.composition, issue.composition_in_words) == (composition, words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("special", "Special issue"), ("new-year", "New Year issue"), ("other", "Stamp issue"), ("", "Stamp issue")],
)
def test_kind_label_names_the_type_of_issue(kind: str, words: str) -> None:
    assert services.stamp_issue(kind=kind).kind_label == words


@pytest.mark.parametrize(
    ("fields", "day", "stage"),
    [
        ({"issued_on": DAY}, dt.date(2026, 3, 19), "announced"),
        ({"issued_on": DAY}, DAY, "issued"),
        ({"issued_on": DAY, "sale_until": DAY}, DAY, "on-sale"),
        ({"issued_on": DAY, "sale_until": DAY}, dt.date(2026, 3, 21), "off-sale"),
        ({"issued_on": DAY, "designs_shown_on": dt.date(2026, 3, 1)}, dt.date(2026, 2, 28), "announced"),
        ({"issued_on": DAY, "designs_shown_on": dt.date(2026, 3, 1)}, dt.date(2026, 3, 1), "designs-shown"),
        ({"issued_on": DAY, "designs_shown_on": dt.date(2026, 3, 1)}, DAY, "issued"),
        ({"issued_on": DAY, "is_cancelled": True}, DAY, "cancelled"),
        ({"issued_on": None, "year": 2026}, DAY, "announced"),
        ({"issued_on": None, "year": 2025}, DAY, "issued"),
        ({"issued_on": None, "year": 2025, "sale_until": DAY}, DAY, "on-sale"),
        ({"issued_on": None}, DAY, ""),
        ({"issued_on": None, "designs_shown_on": DAY}, DAY, "designs-shown"),
    ],
)
def test_sale_status_is_derived_from_the_dates(fields: dict[str, Any], day: dt.date, stage: str) -> None:
    issue = services.stamp_issue(**fields)

    assert issue.sale_status(day) == stage
    assert issue.is_upcoming(day) is (stage in ("announced", "designs-shown"))


def test_titles_follow_the_language() -> None:
    issue = services.stamp_issue("Mail Roads", title_zh="高原邮路", year=2026, number=7)
    plain = services.stamp_issue("Wild Geese", year=2026)

    assert (str(issue), issue.other_script_title) == ("2026-7 Mail Roads", "高原邮路")
    assert (str(plain), plain.other_script_title) == ("Wild Geese", "")
    with translation.override("zh-hans"):
        assert (str(issue), issue.other_script_title) == ("2026-7 高原邮路", "Mail Roads")
        assert (plain.display_title, plain.other_script_title) == ("Wild Geese", "")


def test_years_are_counted_with_the_unknown_year_last() -> None:
    for fields in ({"year": 2017}, {"year": 2026}, {"year": 2026}, {}):
        services.stamp_issue(issued_on=None, **fields)
    services.stamp_issue(issued_on=None, year=2027, state=State.DRAFT)

    counts = StampIssue.objects.published(NOON).counts_by_year()
    assert list(counts.items()) == [(2026, 2), (2017, 1), (None, 1)]


def test_of_year_returns_only_issues_of_the_year() -> None:
    known = services.stamp_issue(issued_on=None, year=2017)
    unknown = services.stamp_issue(issued_on=None)

    assert list(StampIssue.objects.of_year(2017)) == [known]
    assert list(StampIssue.objects.of_year(None)) == [unknown]


def test_latest_published_first_ignores_the_date_of_issue() -> None:
    second = services.stamp_issue(publish_at=NOON - dt.timedelta(days=2), issued_on=DAY)
    first = services.stamp_issue(publish_at=NOON, issued_on=dt.date(1990, 1, 1))

    assert list(StampIssue.objects.latest_published_first()) == [first, second]


def test_body_is_sanitised_and_also_stored_as_plain_text() -> None:
    issue = services.stamp_issue(body="<p>A <b>bridge</b><script>alert(1)</script></p>")

    assert "script" not in issue.body
    assert issue.body_text == "A bridge"


def test_issue_is_after_a_gap_if_lower_numbers_are_known_but_not_the_one_before() -> None:
    for fields in (
        *({"year": 2026, "number": number} for number in (1, 2, 4)),
        *({"year": 2025, "number": 3}, {"year": 2026, "number": 3, "series": "T"}),
        *({"numbering": "dotted", "series": "J", "number": number, "year": 1970 + number} for number in (4, 5, 8)),
    ):
        services.stamp_issue(issued_on=None, **fields)

    assert sorted(issue.serial for issue in StampIssue.objects.after_a_gap()) == ["2026-4", "J.8"]


@pytest.mark.parametrize(
    ("fields", "text", "iso", "issued_from"),
    [
        ({"issued_on": DAY}, "20 March 2026", "2026-03-20", DAY),
        ({"issued_on": DAY, "issued_precision": "month"}, "March 2026", "2026-03", dt.date(2026, 4, 1)),
        ({"issued_on": DAY, "issued_precision": "year"}, "2026", "2026", dt.date(2027, 1, 1)),
        ({"issued_on": None, "year": 2026}, "2026", "2026", dt.date(2027, 1, 1)),
        ({"issued_on": None, "year": 2026, "number": 3}, "", "", dt.date(2027, 1, 1)),
    ],
)
def test_date_of_issue_is_as_exact_as_it_is_known(fields: Any, text: str, iso: str, issued_from: dt.date) -> None:
    issue = services.stamp_issue(**fields)

    assert (issue.issued_text, issue.issued_iso) == (text, iso)
    eve = issued_from - dt.timedelta(days=1)
    assert (issue.is_issued_on(eve), issue.is_issued_on(issued_from)) == (False, True)
