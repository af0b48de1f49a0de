import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from postportal.richtext.plain_text import plain_text
from postportal.richtext.references import (
    fill_references,
    reference_key,
    validate_link_or_reference,
    without_references,
)
from postportal.richtext.sanitize import clean_html
from tests.factories import services

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "url",
    [
        *("hotline:", "hotline:0", "hotline:01", "hotline:-1", "hotline:1 ", "hotline:x", "hotline://1", "HOTLINE:1"),
        *("hotline:1#x", "xhotline:1", "hotline:１", f"hotline:{'1' * 19}"),
    ],
)
def test_only_a_scheme_and_a_key_are_a_reference(url: str) -> None:
    assert reference_key(url) is None
    with pytest.raises(ValidationError):
        validate_link_or_reference(url)


def test_cleaning_keeps_references_and_cleaning_again_changes_nothing() -> None:
    html = '<p>Call <a href="hotline:12">11185</a>.</p>'

    assert clean_html(html) == html
    assert clean_html(str(clean_html(html))) == html
    assert clean_html('<p><a href="hotline:x">11185</a></p>') == "<p>11185</p>"


def test_reference_of_a_missing_row_leaves_its_words() -> None:
    assert (
        fill_references('<p>Call <a href="hotline:12"><em>11185</em></a>.</p>', at=AT) == "<p>Call <em>11185</em>.</p>"
    )


def test_markup_in_a_number_is_inert() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline, as_printed='<b>"1"</b>')

    html = fill_references(f'<p><a href="hotline:{hotline.pk}">x</a></p>', at=AT)

    assert html == '<p><a href="tel:11185">&lt;b&gt;&quot;1&quot;&lt;/b&gt;</a></p>'


def test_picture_in_a_reference_stays() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline)
    picture = '<img src="/media/a.webp" alt="">'

    html = fill_references(f'<figure><a href="hotline:{hotline.pk}">{picture}</a></figure>', at=AT)

    assert html == f'<figure><a href="tel:11185">{picture}</a></figure>'


def test_text_without_references_takes_no_query(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert fill_references("<p>hotline:12</p>", at=AT) == "<p>hotline:12</p>"


def test_plain_text_has_the_number_of_now() -> None:
    hotline = services.hotline()
    services.short_code_number(hotline, short_code="11200")

    assert plain_text(f'<p>Call <a href="hotline:{hotline.pk}">11185</a>.</p>') == "Call 11200."
    assert plain_text('<p>Call <a href="hotline:999">11185</a>.</p>') == "Call 11185."


def test_references_can_be_left_out() -> None:
    assert without_references('<p>11100 <a href="hotline:12">11185</a></p>') == "<p>11100 </p>"
