import datetime as dt
import re

import pytest
from django.test import Client
from django.urls.converters import get_converters

DAY = dt.date(2021, 12, 8)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("day", "2021/12/08", DAY),
        ("day", "1000/01/01", dt.date(1000, 1, 1)),
        ("day", "2999/12/31", dt.date(2999, 12, 31)),
        ("year", "2021", 2021),
        ("year", "1000", 1000),
        ("year", "2999", 2999),
        ("month", "02", 2),
        ("unicode_slug", "邮政-mail_2", "邮政-mail_2"),
        ("unicode_slug", "नमस्ते", "नमस्ते"),
        ("feed_format", "rss", "rss"),
        ("page_path", "about/our-history", "about/our-history"),
        ("page_path", "关于我们/历史-2", "关于我们/历史-2"),
    ],
)
def test_value_survives_the_way_through_the_url(name: str, text: str, value: object) -> None:
    converter = get_converters()[name]

    assert re.fullmatch(converter.regex, text)
    assert converter.to_python(text) == value
    assert converter.to_url(value) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("day", "2021/1/8"),
        ("year", "20211"),
        ("month", "13"),
        ("month", "00"),
        ("unicode_slug", "a/b"),
        ("unicode_slug", "a b"),
        ("feed_format", "json"),
        ("page_path", "about/"),
        ("page_path", "About"),
        ("page_path", "a--b"),
    ],
)
def test_other_text_does_not_match(name: str, text: str) -> None:
    assert re.fullmatch(get_converters()[name].regex, text) is None


@pytest.mark.parametrize("text", ["★", "a★b", "\u202ea", "a\u200b", "a%20b", "a'b", "É/★"])
@pytest.mark.parametrize("name", ["unicode_slug", "page_path"])
def test_slug_of_other_characters_is_neither_read_nor_written(name: str, text: str) -> None:
    converter = get_converters()[name]

    for convert in (converter.to_python, converter.to_url):
        with pytest.raises(ValueError):  # noqa: PT011
            convert(text)


@pytest.mark.parametrize("name", ["unicode_slug", "page_path"])
def test_slug_in_decomposed_letters_is_read_as_it_is_stored(name: str) -> None:
    assert get_converters()[name].to_python("e\u0301cole") == "école"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("day", text) for text in ("0001/01/01", "0999/12/31", "3000/01/01", "9999/12/31", "2021/02/30")),
        *(("year", text) for text in ("0000", "0221", "0999", "3000", "9999")),
    ],
)
def test_date_that_does_not_exist_is_no_value(name: str, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        get_converters()[name].to_python(text)


@pytest.mark.parametrize(("name", "value"), [("day", dt.date(221, 12, 8)), ("year", 3021), ("year", 221)])
def test_url_of_a_date_that_does_not_exist_can_be_written(name: str, value: object) -> None:
    assert get_converters()[name].to_url(value)


@pytest.mark.django_db
def test_day_that_does_not_exist_is_not_found(client: Client) -> None:
    assert client.get("/news/2021/02/30/").status_code == 404
