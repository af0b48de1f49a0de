import pytest
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils.translation import override

from postportal.web.kept_urls import kept_url


def test_url_is_that_of_the_language() -> None:
    with override("zh-hans"):
        assert kept_url("news:section", "fleet") == "/zh-hans/news/section/fleet/"
        assert kept_url("news:section", "fleet", language="en") == "/news/section/fleet/"
    assert kept_url("news:section", "fleet") == reverse("news:section", args=["fleet"])


def test_url_begins_with_the_prefix_of_the_server() -> None:
    assert kept_url("news:articles") == "/news/"
    set_script_prefix("/portal/")
    try:
        assert kept_url("news:articles") == "/portal/news/"
    finally:
        set_script_prefix("/")


def test_missing_url_is_an_error_each_time() -> None:
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            kept_url("news:section", "not a slug")
