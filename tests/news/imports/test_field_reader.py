from typing import Any

import pytest

from news.imports.field_reader import FieldReader


@pytest.mark.parametrize(
    ("value", "slug", "problems"),
    [
        ("Night-Mail", "night-mail", []),
        ("%e5%a4%9c%e9%97%b4", "夜间", []),
        ("", None, []),
        (None, None, []),
        ("night mail/2", "night mail/2", ["slug: Use letters, digits, hyphens and underscores."]),
        ("../admin", "../admin", ["slug: Use letters, digits, hyphens and underscores."]),
    ],
)
def test_slug_is_read_as_wordpress_writes_it(value: Any, slug: str | None, problems: list[str]) -> None:
    reader = FieldReader({"slug": value})

    assert (reader.read_slug("slug"), reader.problems) == (slug, problems)


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("https://Old.example/2019/night/?p=7", [("old.example", "/2019/night/?p=7")]),
        (["/a.htm", "http://old.example", "/a.htm"], [("", "/a.htm"), ("old.example", "/")]),
        (None, []),
    ],
)
def test_old_urls_are_one_or_several(value: Any, urls: list[tuple[str, str]]) -> None:
    reader = FieldReader({"old_url": value})

    assert (list(reader.read_old_urls("old_url", max_count=5)), reader.problems) == (urls, [])


@pytest.mark.parametrize(
    "value",
    [
        "javascript:alert(1)",
        "a.htm",
        "//old.example/a",
        "ftp://old.example/a",
        "http://[",
        "/a b",
        f"/{'x' * 600}",
        7,
        [7],
    ],
)
def test_other_old_urls_are_refused(value: Any) -> None:
    reader = FieldReader({"old_url": value})
    reader.read_old_urls("old_url", max_count=5)

    assert [problem.partition(":")[0] for problem in reader.problems] == ["old_url"]


def test_prose_has_no_shortcodes() -> None:
    assert FieldReader({"standfirst": "Mail [gallery ids='1']  moves [sic]."}).read_prose(
        "standfirst", max_length=99
    ) == ("Mail moves [sic].")
