import datetime as dt
from typing import Any

import pytest
from django.urls import resolve, reverse

DAY = dt.date(2021, 12, 8)


@pytest.mark.parametrize(
    ("name", "arguments", "path"),
    [
        ("articles", [], "/news/"),
        ("year", [2021], "/news/2021/"),
        ("month", [2021, 3], "/news/2021/03/"),
        ("day", [DAY], "/news/2021/12/08/"),
        ("article", [DAY, "夜行邮车"], "/news/2021/12/08/%E5%A4%9C%E8%A1%8C%E9%82%AE%E8%BD%A6/"),
        ("section", ["fleet"], "/news/section/fleet/"),
        ("source", ["rail-mail"], "/news/source/rail-mail/"),
        ("tag", ["rail"], "/news/tag/rail/"),
        ("people", [], "/people/"),
        ("person", ["zhou-mei"], "/people/zhou-mei/"),
        ("person_news", ["zhou-mei"], "/people/zhou-mei/news/"),
        ("organizations", [], "/organizations/"),
        ("organization", ["post-bureau"], "/organizations/post-bureau/"),
        ("organization_news", ["post-bureau"], "/organizations/post-bureau/news/"),
        ("feed", ["atom"], "/feeds/news.atom"),
        ("year_feed", [2021, "rss"], "/feeds/news/2021.rss"),
        ("month_feed", [2021, 3, "atom"], "/feeds/news/2021/03.atom"),
        ("day_feed", [DAY, "atom"], "/feeds/news/2021/12/08.atom"),
        ("section_feed", ["fleet", "atom"], "/feeds/news/section/fleet.atom"),
        ("source_feed", ["rail-mail", "atom"], "/feeds/news/source/rail-mail.atom"),
        ("tag_feed", ["rail", "atom"], "/feeds/news/tag/rail.atom"),
        ("person_feed", ["zhou-mei", "atom"], "/feeds/people/zhou-mei.atom"),
        ("organization_feed", ["post-bureau", "atom"], "/feeds/organizations/post-bureau.atom"),
    ],
)
def test_url_names_lead_to_their_paths(name: str, arguments: list[Any], path: str) -> None:
    assert reverse(f"news:{name}", args=arguments) == path
    match = resolve(path.replace("%E5%A4%9C%E8%A1%8C%E9%82%AE%E8%BD%A6", "夜行邮车"))
    assert match.view_name == f"news:{name}"
    assert [value for key, value in match.kwargs.items() if key != "get_listing"] == arguments
