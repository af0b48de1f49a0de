import datetime as dt
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from news.imports.article_line import KNOWN_KEYS, ArticleLine, PictureFile, read_article
from news.imports.jsonl import BadLineError

MINIMAL = {"external_id": "7", "title": "Night counters open", "published": "2019-05-20"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def read(**keys: Any) -> ArticleLine:
    return read_article({**MINIMAL, **keys}, number=3)


def reasons(**keys: Any) -> str:
    with pytest.raises(BadLineError) as error:
        read(**keys)
    return str(error.value)


def test_missing_keys_are_none() -> None:
    assert read() == ArticleLine(
        number=3,
        external_id="7",
        title="Night counters open",
        publish_at=dt.datetime(2019, 5, 20, tzinfo=timezone.get_default_timezone()),
        dateline_on=dt.date(2019, 5, 20),
    )


def test_all_keys_are_read_and_cleaned() -> None:
    line = read(
        external_id=7,
        title=" Night \n counters ",
        standfirst="At\x00 last.",
        body="One.\n\nTwo.\x07",
        section="News",
        source=None,
        tags=["night", " night ", "", "counters"],
        people=["Orla Finch"],
        organizations=["Harbour Post"],
        language="zh-CN",
    )

    assert (line.external_id, line.title, line.standfirst, line.body) == (
        "7",
        "Night counters",
        "At last.",
        "One.\n\nTwo.",
    )
    assert (line.section, line.source, line.tags) == ("News", "", ("night", "counters"))
    assert (line.people, line.organizations, line.language) == (("Orla Finch",), ("Harbour Post",), "zh-hans")


def test_later_keys_are_read_and_cleaned() -> None:
    line = read(
        credit="Harbour Post",
        location="Sandy  Bay",
        slug="night-counters",
        old_url="https://old.example/7.htm",
        image="uploads/van.jpg",
        alt="A van",
        caption="At night",
        updated="2019-05-21",
        translation_of="6",
        state="published",
        status="publish",
        visibility="public",
        password="",
    )

    assert (line.credit, line.location, line.slug) == ("Harbour Post", "Sandy Bay", "night-counters")
    assert (line.old_urls, line.translation_of, line.state) == ((("old.example", "/7.htm"),), "6", "published")
    assert line.picture == PictureFile("uploads/van.jpg", alt="A van", caption="At night")
    assert line.updated_at is not None
    assert line.updated_at > line.publish_at  # type: ignore[operator]


def test_every_known_key_is_in_the_table_of_the_documentation_and_nothing_else() -> None:
    page = (Path(settings.BASE_DIR) / "docs/import.md").read_text(encoding="utf-8")
    keys = re.findall(r"^\| `(\w+)`", page, re.MULTILINE)

    assert sorted(keys) == sorted(KNOWN_KEYS)


def test_picture_can_be_an_object() -> None:
    line = read(image={"file": "a.jpg", "alt": "Van", "credit": "Li Na"}, caption="At night")

    assert line.picture == PictureFile("a.jpg", alt="Van", caption="At night", credit="Li Na")


@pytest.mark.parametrize(
    ("gallery", "expected"),
    [
        (None, ()),
        ([], ()),
        (
            ["a.jpg", {"file": "b.jpg", "alt": "Van", "credit": "Li Na"}],
            (PictureFile("a.jpg"), PictureFile("b.jpg", alt="Van", credit="Li Na")),
        ),
    ],
)
def test_gallery_is_a_list_of_paths_and_objects(gallery: Any, expected: tuple[PictureFile, ...]) -> None:
    assert read(gallery=gallery, body="").gallery == expected


def test_draft_needs_no_date() -> None:
    line = read_article({"external_id": "7", "title": "Idea", "status": "draft"}, number=1)

    assert (line.publish_at, line.dateline_on, line.state) == (None, None, "draft")


def test_unknown_keys_are_listed_if_they_are_ignored() -> None:
    line = read_article({**MINIMAL, "colour": "red"}, number=1, ignore_unknown=True)

    assert line.unknown_keys == ("colour",)


@pytest.mark.parametrize(
    ("printed", "moment", "day"),
    [
        ("2019-05-20", "2019-05-19T16:00:00+00:00", "2019-05-20"),
        ("2019-05-20T09:30:00", "2019-05-20T01:30:00+00:00", "2019-05-20"),
        ("2019-05-20 09:30", "2019-05-20T01:30:00+00:00", "2019-05-20"),
        ("2019-05-20T20:00:00Z", "2019-05-20T20:00:00+00:00", "2019-05-21"),
        ("2019-05-20T23:00:00-05:00", "2019-05-21T04:00:00+00:00", "2019-05-21"),
        ("2019-05-20T09:30:00.123456+08:00", "2019-05-20T01:30:00.123456+00:00", "2019-05-20"),
    ],
)
def test_time_is_read_with_and_without_zone(printed: str, moment: str, day: str) -> None:
    line = read(published=printed)

    assert line.publish_at is not None
    assert line.dateline_on is not None
    assert (line.publish_at.astimezone(dt.UTC).isoformat(), line.dateline_on.isoformat()) == (moment, day)


@pytest.mark.parametrize("printed", ["yesterday", "20.05.2019", "2019-13-01", "10000-01-01", "0000-01-01", 7, "1"])
def test_other_texts_are_refused(printed: object) -> None:
    assert reasons(published=printed) == "published: not an ISO 8601 date"


@pytest.mark.parametrize(
    "printed",
    [
        *("0001-01-01", "0221-12-08", "1599-12-31T23:59:59", "3000-01-01", "9999-12-31T23:59:59Z"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_dates_that_do_not_exist_are_refused(printed: str) -> None:
    assert reasons(published=printed) == "published: not from 1600-01-01 to 2999-12-31"


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"title": None}, "title: missing"),
        ({"title": " \n"}, "title: missing"),
        ({"title": ["a"]}, "title: not a string"),
        ({"title": "x" * 301}, "title: longer than 300 characters"),
        ({"external_id": ""}, "external_id: missing"),
        ({"external_id": True}, "external_id: not a string"),
        ({"external_id": "x" * 101}, "external_id: longer than 100 characters"),
        ({"published": ""}, "published: missing"),
        ({"standfirst": "x" * 601}, "standfirst: longer than 600 characters"),
        ({"body": 7}, "body: not a string"),
        ({"body": "\ud800"}, "body: invalid characters (half a surrogate pair)"),
        ({"section": "x" * 81}, "section: longer than 80 characters"),
        ({"tags": "a, b"}, "tags: not a list of strings"),
        ({"tags": ["a", 7]}, "tags: not a list of strings"),
        ({"tags": [str(number) for number in range(51)]}, "tags: more than 50"),
        ({"people": ["x"] * 201}, "people: more than 200"),
        ({"colour": 1, "titel": 2}, "unknown keys: “colour”, “titel”"),
        ({"\ud800\x1b[31mred": 1}, "unknown keys: “[31mred”"),
        (dict.fromkeys("abcdefg"), "unknown keys: “a”, “b”, “c”, “d”, “e” …"),
        ({"updated": "2999-01-01"}, "updated: in the future"),
        ({"updated": "soon"}, "updated: not an ISO 8601 date"),
        ({"alt": "Van", "caption": ""}, "alt: there is no image"),
        ({"image": 7}, "image: file: not a string"),
        ({"image": {"file": "a.jpg", "size": 3}}, "image: unknown key “size”"),
        ({"image": "a.jpg", "alt": "x" * 301}, "image: alt: longer than 300 characters"),
        ({"gallery": "a.jpg", "body": ""}, "gallery: not a list"),
        ({"gallery": ["a.jpg"] * 101, "body": ""}, "gallery: more than 100 pictures"),
        ({"gallery": ["a.jpg"]}, "gallery: there is no body, at the end of which the pictures are shown"),
        ({"gallery": [{"alt": "Van"}], "body": ""}, "gallery: picture 1: no file"),
        ({"gallery": ["a.jpg", {"file": "b", "x": 1}], "body": ""}, "gallery: picture 2: unknown key “x”"),
        (
            {"gallery": [{"file": "b", "alt": "x" * 301}], "body": ""},
            "gallery: picture 1: alt: longer than 300 characters",
        ),
        ({"gallery": [7], "body": ""}, "gallery: picture 1: file: not a string; gallery: picture 1: no file"),
        ({"tags": ["x" * 101]}, "tags: longer than 100 characters"),
        ({"language": "fr"}, "language: “fr” is not one of en, zh-hans"),
        ({"title": "", "published": "", "body": 7}, "published: missing; title: missing; body: not a string"),
    ],
)
def test_bad_line_gives_every_reason(keys: dict[str, Any], reason: str) -> None:
    assert reasons(**keys) == reason


@pytest.mark.parametrize(
    ("printed", "language"), [("en-GB", "en"), ("zh_Hans", "zh-hans"), ("ZH", "zh-hans"), ("", None)]
)
def test_language_is_matched_by_its_tag(printed: str, language: str | None) -> None:
    assert read(language=printed).language == language


@pytest.mark.parametrize("key", list(MINIMAL))
def test_required_keys_cannot_be_missing(key: str) -> None:
    with pytest.raises(BadLineError, match=f"^{key}: missing$"):
        read_article({name: value for name, value in MINIMAL.items() if name != key}, number=1)


@given(st.dictionaries(st.sampled_from(KNOWN_KEYS), JSON))
def test_any_object_is_read_or_refused(data: dict[str, Any]) -> None:
    with suppress(BadLineError):
        assert read_article(dict(data), number=1).title != ""
