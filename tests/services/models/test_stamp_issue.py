import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postportal.publishing.models import State
from services.models import StampIssue
from services.models.programme_order import programme_sort_key
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
def test_address_is_made_from_the_serial_number_else_from_the_title(fields: dict, serial: str, slug: str) -> None:
    issue = StampIssue.objects.create(title="Mail Roads", **fields)

    assert (issue.serial, issue.slug) == (serial, slug)
    assert issue.get_absolute_url() == f"/stamps/{slug}/"


@pytest.mark.parametrize("title", ["2016", "Year not known"])
def test_title_that_looks_like_a_page_of_the_programme_gets_another_address(title: str) -> None:
    assert StampIssue.objects.create(title=title).slug == f"issue-{title.lower().replace(' ', '-')}"


@pytest.mark.parametrize("slug", ["2016", "year-not-known"])
def test_address_of_a_programme_page_is_refused(slug: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        StampIssue(title="Mail roads", slug=slug).full_clean()

    assert refusal.value.message_dict == {"slug": ["This is the address of a year of the programme."]}


def test_titles_without_latin_letters_get_different_addresses() -> None:
    slugs = {StampIssue.objects.create(title="高原邮路").slug for _ in range(3)}

    assert len(slugs) == 3
    assert all(slug.isascii() and len(slug) == 12 for slug in slugs)


def test_very_long_title_gets_an_address_that_fits() -> None:
    issue = StampIssue.objects.create(title="counterfeit " * 16)

    assert len(issue.slug) <= 110
    assert not issue.slug.endswith("-")


def test_date_of_issue_says_the_year_while_there_is_no_serial_number() -> None:
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
        ({"number": 4}, "A number needs its year: 2016-4."),
        ({"year": 2016, "number": 0}, "A number needs its year: 2016-4."),
        ({"year": 1839}, "Stamps are issued since 1840."),
        ({"year": 3000}, "Stamps are issued since 1840."),
        ({"face_value": Decimal(0)}, "Leave an unknown value empty: no stamp costs 0."),
        ({"face_value": Decimal(-1)}, "Leave an unknown value empty: no stamp costs 0."),
        ({"stamp_count": 0}, "Leave an unknown count empty: no set has 0 stamps."),
        ({"stamp_count": 0, "souvenir_sheet_count": 0}, "Leave an unknown count empty: no set has 0 stamps."),
        ({"print_run": 0}, "Leave an unknown print run empty."),
        ({"issued_on": DAY, "sale_until": dt.date(2026, 3, 19)}, "Sale cannot end before the date of issue."),
    ],
)
def test_impossible_facts_are_refused_in_words_and_by_the_database(fields: dict[str, Any], message: str) -> None:
    issue = StampIssue(title="Mail roads", slug="mail-roads", **fields)

    with pytest.raises(ValidationError) as refusal:
        issue.full_clean()
    assert message in refusal.value.messages
    with pytest.raises(IntegrityError), transaction.atomic():
        issue.save()


def test_serial_number_is_given_once_in_its_numbering() -> None:
    services.stamp_issue(year=2016, number=4)
    services.stamp_issue(year=2016, number=4, series="T")
    double = StampIssue(title="Mail roads", slug="another", year=2016, number=4)

    with pytest.raises(ValidationError, match="Another issue has this serial number"):
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
def test_set_is_told_in_figures_and_words(stamps: int | None, sheets: int | None, composition: str, words: str) -> None:
    issue = services.stamp_issue(stamp_count=stamps, souvenir_sheet_count=sheets)

    assert (issue.composition, issue.composition_in_words) == (composition, words)


@pytest.mark.parametrize(
    ("kind", "words"),
    [("special", "Special issue"), ("new-year", "New Year issue"), ("other", "Stamp issue"), ("", "Stamp issue")],
)
def test_kind_is_told_in_words(kind: str, words: str) -> None:
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
def test_stage_follows_from_the_dates(fields: dict[str, Any], day: dt.date, stage: str) -> None:
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


def test_programme_is_ordered_by_year_date_and_number_with_the_unknown_last() -> None:
    unknown = services.stamp_issue(issued_on=None)
    undated = services.stamp_issue(issued_on=None, year=2026, number=1)
    unnumbered = services.stamp_issue(issued_on=DAY)
    second = services.stamp_issue(issued_on=DAY, year=2026, number=8)
    first = services.stamp_issue(issued_on=DAY, year=2026, number=7)
    early = services.stamp_issue(issued_on=dt.date(2026, 1, 5), year=2026, number=9)
    old = services.stamp_issue(issued_on=None, year=2017)

    assert list(StampIssue.objects.in_programme_order()) == [old, early, first, second, unnumbered, undated, unknown]


def test_neighbours_stand_beside_the_issue_in_the_programme() -> None:
    rows = [
        services.stamp_issue(issued_on=None, year=2017),
        services.stamp_issue(issued_on=dt.date(2026, 1, 5)),
        services.stamp_issue(issued_on=DAY, year=2026, number=7),
        services.stamp_issue(issued_on=DAY, year=2026, number=8),
        services.stamp_issue(issued_on=DAY),
        services.stamp_issue(issued_on=DAY),
        services.stamp_issue(issued_on=None, year=2026),
        services.stamp_issue(issued_on=None),
        services.stamp_issue(issued_on=None),
    ]

    for n, row in enumerate(rows):
        expected = {"previous": rows[n - 1] if n else None, "next": rows[n + 1] if n + 1 < len(rows) else None}
        assert StampIssue.objects.neighbours_of(row) == {key: value for key, value in expected.items() if value}


def test_neighbours_are_public_in_their_second() -> None:
    issue = services.stamp_issue(issued_on=DAY)
    services.stamp_issue(issued_on=DAY, state=State.DRAFT)
    services.stamp_issue(issued_on=DAY, state=State.UNPUBLISHED, withdrawal_reason="Recalled")
    coming = services.stamp_issue(issued_on=DAY, publish_at=NOON)

    assert StampIssue.objects.published(NOON - dt.timedelta(seconds=1)).neighbours_of(issue) == {}
    assert StampIssue.objects.published(NOON).neighbours_of(issue) == {"next": coming}


maybe_days = st.none() | st.dates(dt.date(2025, 12, 30), dt.date(2026, 1, 2))
facts = st.tuples(st.none() | st.sampled_from([2025, 2026]), maybe_days)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(facts, min_size=1, max_size=6))
def test_walking_from_neighbour_to_neighbour_visits_the_whole_programme_once(
    known: list[tuple[int | None, dt.date | None]],
) -> None:
    StampIssue.objects.all().delete()
    for n, (year, day) in enumerate(known):
        services.stamp_issue(slug=f"walk-{n}", year=year, issued_on=day)
    programme = list(StampIssue.objects.in_programme_order())
    walked = [programme[0]]
    while following := StampIssue.objects.neighbours_of(walked[-1]).get("next"):
        walked.append(following)

    assert walked == programme
    assert walked == sorted(walked, key=programme_sort_key)


def test_years_are_counted_with_the_unknown_at_the_end() -> None:
    for fields in ({"year": 2017}, {"year": 2026}, {"year": 2026}, {}):
        services.stamp_issue(issued_on=None, **fields)
    services.stamp_issue(issued_on=None, year=2027, state=State.DRAFT)

    counts = StampIssue.objects.published(NOON).counts_by_year()
    assert list(counts.items()) == [(2026, 2), (2017, 1), (None, 1)]


def test_programme_of_a_year_holds_only_its_issues() -> None:
    known = services.stamp_issue(issued_on=None, year=2017)
    unknown = services.stamp_issue(issued_on=None)

    assert list(StampIssue.objects.of_year(2017)) == [known]
    assert list(StampIssue.objects.of_year(None)) == [unknown]


def test_what_readers_learnt_last_comes_first() -> None:
    second = services.stamp_issue(publish_at=NOON - dt.timedelta(days=2), issued_on=DAY)
    first = services.stamp_issue(publish_at=NOON, issued_on=dt.date(1990, 1, 1))

    assert list(StampIssue.objects.latest_published_first()) == [first, second]


def test_text_is_kept_clean_and_also_plain() -> None:
    issue = services.stamp_issue(body="<p>A <b>bridge</b><script>alert(1)</script></p>")

    assert "script" not in issue.body
    assert issue.body_text == "A bridge"
