import re
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings

from postportal.web.reserved_urls import is_path_reserved, is_url_reserved
from tests.test_conventions import ROOT

LANGUAGE_CODES = [code for code, _name in settings.LANGUAGES]


def is_reserved(path: str) -> bool:
    return is_path_reserved("pages:page", path=path)


@pytest.mark.parametrize(
    "path",
    [
        *("news", "news/section", "people", "organizations", "stamps", "stamps/2026", "stamps/any-issue", "services"),
        *("services/hotlines", "contact", "search", "search/csv", "sitemap", "feeds", "feeds/news", "feeds/stamps"),
        *("admin", "admin/news", "api", "api/docs", "preview", "preview/abc", "healthz"),
        *("static", "static/portal", "media", "media/a"),
        *LANGUAGE_CODES,
        *(f"{code}/about" for code in LANGUAGE_CODES),
        # Read as Chinese by the language of the URL, and then at home in no route.
        *("zh", "zh-cn", "zh-stamps/x"),
    ],
)
def test_path_at_which_something_else_answers_is_reserved(path: str) -> None:
    assert is_reserved(path)


@pytest.mark.parametrize(
    "path", ["about", "about/news", "services/letters", "news-archive", "feed", "en-route", "邮政"]
)
def test_other_path_is_free(path: str) -> None:
    assert not is_reserved(path)


def test_paths_of_nginx_are_reserved() -> None:
    configuration = (ROOT / "docs/deploy/nginx.conf").read_text()
    folders = {path.strip("/").split("/")[0] for path in re.findall(r"location (?:\S+ )?(/\S*) \{", configuration)}

    # Others are no path of a page.
    assert {folder for folder in folders if re.fullmatch(r"[a-z0-9]+", folder)} == {"static"}
    assert all(is_reserved(folder) and is_reserved(f"{folder}/a") for folder in ("static", "media"))


@override_settings(STATIC_URL="https://files.example/", MEDIA_URL="/uploads/")
def test_other_settings_reserve_other_paths() -> None:
    from postportal.web.reserved_urls import _routes

    _routes.cache_clear()
    try:
        assert is_reserved("uploads/a")
    finally:
        _routes.cache_clear()


@pytest.mark.parametrize(
    ("view", "arguments", "expected"),
    [
        ("services:stamp_issue", {"slug": "2026"}, True),
        ("services:stamp_issue", {"slug": "year-not-known"}, True),
        ("services:stamp_issue", {"slug": "2026-1"}, False),
        ("services:stamp_issue", {"slug": "no slug"}, True),
        ("news:person", {"slug": "news"}, False),
        ("news:section", {"slug": "刘爱力"}, False),
    ],
)
def test_url_of_another_view_is_reserved(view: str, arguments: Any, expected: bool) -> None:
    assert is_url_reserved(view, **arguments) == expected
